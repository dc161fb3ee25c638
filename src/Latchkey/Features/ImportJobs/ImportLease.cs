using System.Data.Common;
using System.Text.Json;
using Dapper;
using Latchkey.Features.Contacts.Import;
using Latchkey.Platform.Csv;
using Latchkey.Platform.Data;
using Latchkey.SignIn;

namespace Latchkey.Features.ImportJobs;

/// <summary>
/// A worker's hold on an import. Every step is written with it in one transaction, so that of two workers, or after somebody pressed
/// Stop, only one goes on.
/// </summary>
internal sealed class ImportLease(ImportJob job, SignInKey key, TimeProvider clock)
{
    /// <summary>Much longer than a batch takes.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(2);

    public async Task GetOnAsync(DbTransaction transaction, int percent, ImportCounts? counts) => Held(await transaction.Connection!.ExecuteAsync(ImportJobSql.GetOn, new
    {
        job.OrganizationId,
        job.Id,
        job.Claim,
        state = job.State.ToString(),
        percent = Math.Clamp(percent, 0, 100),
        counts = counts is null ? null : JsonSerializer.Serialize(counts),
        leaseEnd = clock.GetUtcNow() + Length,
    }, transaction));

    public async Task EndAsync(DbTransaction transaction, ImportState next, ImportCounts? counts, int? total, ImportProblem? problem)
    {
        Held(await transaction.Connection!.ExecuteAsync(ImportJobSql.End, new
        {
            job.OrganizationId,
            job.Id,
            job.Claim,
            state = job.State.ToString(),
            next = next.ToString(),
            counts = counts is null ? null : JsonSerializer.Serialize(counts),
            total,
            problem = problem is null ? null : JsonSerializer.Serialize(problem),
            isOver = next is ImportState.Done or ImportState.Stopped,
            now = clock.GetUtcNow(),
        }, transaction));
        if (next is ImportState.Done or ImportState.Stopped)
            await transaction.Connection!.ExecuteAsync(ImportJobSql.ForgetChunks, new { organizationId = job.OrganizationId, id = job.Id }, transaction);
    }

    public Task GiveBackAsync(DbTransaction transaction) =>
        transaction.Connection!.ExecuteAsync(ImportJobSql.GiveBack, new { job.OrganizationId, job.Id, job.Claim, now = clock.GetUtcNow() }, transaction);

    /// <summary>Sealed, for they may hold password hashes.</summary>
    public Task AddBadRowsAsync(DbTransaction transaction, IEnumerable<BadRow> rows) => transaction.ExecuteAsync(
        ImportJobSql.AddBadRows, rows.Select(r => new { r.Row.Line, Body = key.Seal(JsonSerializer.Serialize(new BadImportRow(r.Row.Line, r.Row.Cells, [.. r.Problems.Select(ImportProblem.Of)]))) }),
        new { job.OrganizationId, job.Id });

    private static void Held(int rows)
    {
        if (rows == 0) throw new LostLeaseException();
    }
}

/// <summary>Somebody stopped the import, or another worker has it.</summary>
internal sealed class LostLeaseException() : Exception("The import is not this worker's any more.");

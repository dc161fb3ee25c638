using System.Text;
using System.Text.Json;
using Dapper;
using Latchkey.Platform.Data;
using Latchkey.Platform.Web;
using Latchkey.SignIn;

namespace Latchkey.Features.ImportJobs;

/// <summary>The imports of an organization, and what became of each.</summary>
internal sealed class FindImports(Database database, SignInKey key)
{
    public const int PageSize = 20;
    private const int RowsAtOnce = 500;

    /// <summary>Newest first; one more than a page when there is another.</summary>
    public Task<IReadOnlyList<ImportJob>> PageAsync(Guid organizationId, Guid? before, CancellationToken cancel) => database.ReadAsync<IReadOnlyList<ImportJob>>(async c =>
        (await c.QueryAsync<ImportJob>(new CommandDefinition(ImportJobSql.Page, new { organizationId, before = before ?? TimeIds.After, most = PageSize + 1 }, cancellationToken: cancel))).AsList(), cancel);

    public Task<ImportJob?> RunAsync(Guid organizationId, Guid id, CancellationToken cancel) => database.ReadAsync(
        c => c.QuerySingleOrDefaultAsync<ImportJob>(new CommandDefinition(ImportJobSql.Find, new { organizationId, id }, cancellationToken: cancel)), cancel);

    public Task<int> CountUnderWayAsync(Guid organizationId, CancellationToken cancel) => database.ReadAsync(
        c => c.ExecuteScalarAsync<int>(new CommandDefinition(ImportJobSql.CountUnderWay, new { organizationId }, cancellationToken: cancel)), cancel);

    /// <returns>Empty when it was sealed under another key.</returns>
    public ImportSample SampleOf(ImportJob job) =>
        key.Unseal(job.Sample) is { } json ? JsonSerializer.Deserialize<ImportSample>(json)! : new([], []);

    public async Task<IReadOnlyList<BadImportRow>> BadRowsAsync(ImportJob job, int after, int most, CancellationToken cancel)
    {
        var rows = await database.ReadAsync(c => c.QueryAsync<SealedRow>(
            new CommandDefinition(ImportJobSql.BadRows, new { organizationId = job.OrganizationId, id = job.Id, after, most }, cancellationToken: cancel)), cancel);
        return [.. rows.Select(r => key.Unseal(r.Body)).OfType<string>().Select(json => JsonSerializer.Deserialize<BadImportRow>(json)!)];
    }

    /// <summary>What undoing left as it is, of those contacts that are still there.</summary>
    public Task<IReadOnlyList<KeptContact>> KeptAsync(ImportJob job, int most, CancellationToken cancel) => database.ReadAsync<IReadOnlyList<KeptContact>>(async c =>
        (await c.QueryAsync<KeptContact>(new CommandDefinition(UndoSql.Kept, new { job.OrganizationId, job.Id, most }, cancellationToken: cancel))).AsList(), cancel);

    public Task<UndoCounts> UndoneAsync(ImportJob job, CancellationToken cancel) => database.ReadAsync(
        c => c.QuerySingleAsync<UndoCounts>(new CommandDefinition(UndoSql.Counts, new { job.OrganizationId, job.Id }, cancellationToken: cancel)), cancel);

    /// <summary>In the shape the file had, with the reasons in a last column that an import does not read.</summary>
    public async Task WriteBadRowsAsync(ImportJob job, TextWriter writer, Func<ImportProblem, string> said, CancellationToken cancel)
    {
        var names = SampleOf(job).Names;
        int reason = Contacts.Import.ContactHeader.Guess(names).ToList().IndexOf(Contacts.Import.ContactField.Reason);
        IEnumerable<string> Shape(IEnumerable<string> cells) => cells.Concat(Enumerable.Repeat("", names.Count)).Take(names.Count).Where((_, i) => i != reason);
        await writer.WriteAsync(new StringBuilder(CsvLine.Of(Shape(names).Append("reason"))), cancel);
        for (int after = 0; await BadRowsAsync(job, after, RowsAtOnce, cancel) is { Count: > 0 } rows; after = rows[^1].Line)
            foreach (var row in rows) await writer.WriteAsync(new StringBuilder(CsvLine.Of(Shape(row.Cells).Append(string.Join("; ", row.Problems.Select(said))))), cancel);
    }

    private sealed record SealedRow
    {
        public required byte[] Body { get; init; }
    }
}

internal sealed record KeptContact
{
    public required Guid Id { get; init; }
    public required string FullName { get; init; }
    public required string Outcome { get; init; }
}

internal sealed record UndoCounts
{
    public required long Removed { get; init; }
    public required long Restored { get; init; }
    public required long Kept { get; init; }
}

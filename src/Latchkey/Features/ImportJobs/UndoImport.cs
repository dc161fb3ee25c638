using System.Data.Common;
using System.Text.Json;
using Dapper;
using Latchkey.Features.Contacts.Import;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Data;

namespace Latchkey.Features.ImportJobs;

/// <summary>
/// Removes the contacts that an import made and gives back what it changed, unless somebody touched them since. Facilities and unit
/// types stay: others may have begun to use them.
/// </summary>
internal sealed class UndoImport(Database database, ActivityLog activity, TimeProvider clock)
{
    private const int ContactsAtOnce = 200, MostTries = 5;

    public async Task RunAsync(ImportJob job, ImportLease lease, CancellationToken cancel)
    {
        while (await NextAsync(job, cancel) is { Count: > 0 } ids)
        {
            if (await UndoneAsync(job, lease, ids[0], ids[^1], cancel)) continue;
            foreach (var id in ids)
                if (!await UndoneAsync(job, lease, id, id, cancel))
                    await database.WriteAsync(t => t.Connection!.ExecuteAsync(UndoSql.InUse, new { job.OrganizationId, job.Id, first = id }, t), cancel);
        }
        await database.WriteAsync(async t =>
        {
            await t.Connection!.ExecuteAsync(UndoSql.RemoveHashes, job.Key, t);
            await t.Connection!.ExecuteAsync(UndoSql.RemoveAccounts, job.Key, t);
        }, cancel);
        await RemoveUnitsAsync(job, cancel);
        await database.WriteAsync(async t =>
        {
            await lease.EndAsync(t, ImportState.Undone, null, null, null);
            var counts = await t.Connection!.QuerySingleAsync<UndoCounts>(UndoSql.Counts, job.Key, t);
            await activity.AppendAsync(t, new Happened(job.OrganizationId, ActivityType.IMPORT, "import undone")
            {
                StorefrontId = job.StorefrontId,
                SubjectId = job.Id,
                Detail = $"{counts.Removed} removed, {counts.Restored} restored, {counts.Kept} left as they are",
            });
        }, cancel);
    }

    private Task<List<Guid>> NextAsync(ImportJob job, CancellationToken cancel) => database.ReadAsync(async c =>
        (await c.QueryAsync<Guid>(new CommandDefinition(UndoSql.Next, new { job.OrganizationId, job.Id, most = ContactsAtOnce }, cancellationToken: cancel))).AsList(), cancel);

    /// <returns>False when something else, such as an invoice, has come to need one of these contacts.</returns>
    private async Task<bool> UndoneAsync(ImportJob job, ImportLease lease, Guid first, Guid last, CancellationToken cancel)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await database.WriteAsync(t => UndoAsync(t, job, lease, first, last), cancel);
                return true;
            }
            catch (DbException e) when (database.IsReferenced(e))
            {
                return false;
            }
            catch (ChangedMeanwhileException) when (attempt < MostTries)
            {
                await Task.Delay(20 * attempt, cancel);
            }
        }
    }

    private async Task UndoAsync(DbTransaction transaction, ImportJob job, ImportLease lease, Guid first, Guid last)
    {
        var connection = transaction.Connection!;
        var where = new { job.OrganizationId, job.Id, first, last, startedAt = job.StartedAt, now = clock.GetUtcNow() };
        await connection.ExecuteAsync(UndoSql.Judge, where, transaction);
        await connection.ExecuteAsync(UndoSql.FreeUnits, where, transaction);
        await connection.ExecuteAsync(UndoSql.EndRentals, where, transaction);
        await connection.ExecuteAsync(UndoSql.Unlink, where, transaction);
        long expected = await connection.ExecuteScalarAsync<long>(UndoSql.CountNew, where, transaction);
        if (await connection.ExecuteAsync(UndoSql.RemoveContacts, where, transaction) != expected) throw new ChangedMeanwhileException();
        foreach (var row in (await connection.QueryAsync<ChangedRow>(UndoSql.Changed, where, transaction)).AsList()) await RestoreAsync(transaction, job, row, where.now);
        await lease.GetOnAsync(transaction, await connection.ExecuteScalarAsync<int>(UndoSql.Percent, job.Key, transaction), null);
    }

    private static async Task RestoreAsync(DbTransaction transaction, ImportJob job, ChangedRow row, DateTimeOffset now)
    {
        var before = JsonSerializer.Deserialize<ContactBefore>(row.Before)!;
        var c = before.Contact;
        int restored = await transaction.Connection!.ExecuteAsync(UndoSql.Restore,
            new { job.OrganizationId, c.Id, c.FacilityId, c.ExternalId, c.FullName, c.Email, c.Phone, c.Locale, row.Version, now }, transaction);
        if (restored == 0) throw new ChangedMeanwhileException();
        foreach (var link in before.Links)
            await transaction.Connection!.ExecuteAsync(UndoSql.LinkAgain, new { job.OrganizationId, link.AccountId, link.ContactId, link.LinkedAt, link.LinkedBy }, transaction);
    }

    private async Task RemoveUnitsAsync(ImportJob job, CancellationToken cancel)
    {
        foreach (var unit in await database.ReadAsync(async c => (await c.QueryAsync<Guid>(UndoSql.MadeUnits, job.Key)).AsList(), cancel))
        {
            try
            {
                await database.WriteAsync(t => t.Connection!.ExecuteAsync(UndoSql.RemoveUnit, new { job.OrganizationId, unit }, t), cancel);
            }
            catch (DbException e) when (database.IsReferenced(e))
            {
                // Somebody has come to need it: it stays, free.
            }
        }
    }

    private sealed record ChangedRow
    {
        public required string Before { get; init; }
        public required DateTimeOffset Version { get; init; }
    }
}

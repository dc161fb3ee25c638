using System.Data.Common;
using System.Text.Json;
using Latchkey.Features.Contacts.Import;
using Latchkey.Platform.Csv;
using Latchkey.Platform.Data;

namespace Latchkey.Features.ImportJobs;

/// <summary>The journal of an import of the console: how far it came, and how each contact was before.</summary>
internal sealed class ImportRun(ImportJob job, Dictionary<Guid, int> lines, ImportLease lease) : ImportJournal
{
    public override Guid ImportId => job.Id;
    public override string Actor => job.MadeBy;
    public override ImportCounts Before { get; } = job.Counted;
    public override Dictionary<Guid, int> Lines => lines;

    public override async Task WriteAsync(DbTransaction transaction, ImportBatch batch, ImportCounts counts, DateTimeOffset now)
    {
        await lease.GetOnAsync(transaction, job.Total is > 0 and { } total ? 100 * counts.Read / total : 0, counts);
        var shared = new { job.OrganizationId, ImportId = job.Id };
        await transaction.ExecuteAsync(JournalSql.Spoken, batch.Spoken.Select(s => Spoken(batch, s.Value, now)), shared);
        await transaction.ExecuteAsync(JournalSql.Made, Made(batch.Writes), shared);
        await lease.AddBadRowsAsync(transaction, batch.Bad);
    }

    public override Task EndAsync(DbTransaction transaction, ImportCounts counts) => lease.EndAsync(transaction, ImportState.Done, counts, counts.Read, null);

    private static SpokenRow Spoken(ImportBatch batch, KnownContact contact, DateTimeOffset now)
    {
        bool isNew = batch.Created.Contains(contact.Id);
        var before = batch.Before.TryGetValue(contact.Id, out var was)
            ? new ContactBefore(was, [.. batch.Writes.RemovedLinks.Where(l => l.ContactId == contact.Id)])
            : null;
        return new(contact.Id, batch.Lines.GetValueOrDefault(contact.Id), isNew, before is null ? null : JsonSerializer.Serialize(before),
            isNew || !batch.Writes.Contacts.ContainsKey(contact.Id) ? contact.UpdatedAt : now);
    }

    private static IEnumerable<MadeRow> Made(ImportWrites writes) =>
        writes.Accounts.Select(a => new MadeRow("account", a.Id, null))
            .Concat(writes.Links.Select(l => new MadeRow("link", l.ContactId, l.AccountId)))
            .Concat(writes.Hashes.Select(h => new MadeRow("hash", h.AccountId, null)))
            .Concat(writes.Subscriptions.Select(s => new MadeRow("subscription", s.Id, s.ContactId)))
            .Concat(writes.NewUnits.Select(u => new MadeRow("unit", u, null)))
            .Concat(writes.UnitTypes.Select(t => new MadeRow("unit_type", t.Id, null)))
            .Concat(writes.Facilities.Select(f => new MadeRow("facility", f.Id, null)));

    private sealed record SpokenRow(Guid SubjectId, int Line, bool IsNew, string? Before, DateTimeOffset Version);

    private sealed record MadeRow(string Kind, Guid SubjectId, Guid? OtherId);
}

/// <summary>A contact as it was before an import changed it.</summary>
internal sealed record ContactBefore(KnownContact Contact, IReadOnlyList<RemovedLink> Links);

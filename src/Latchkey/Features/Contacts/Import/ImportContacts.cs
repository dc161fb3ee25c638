using System.Data.Common;
using Dapper;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Csv;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;

namespace Latchkey.Features.Contacts.Import;

/// <summary>
/// Brings a file's contacts, and what they rent, into a storefront. In batches, each durable when the next begins: killed and run
/// again it completes, and run again after that it changes nothing. Nobody is mailed.
/// </summary>
internal sealed class ImportContacts(Database database, ActivityLog activity, TimeProvider clock)
{
    private const int RowsInBatch = 200;
    private const int MostTries = 5;
    private static readonly string[] Tables = ["contact", "account", "account_contact", "unit", "subscription"];

    /// <param name="bad">Called for each row that is not taken.</param>
    /// <param name="report">Called after each batch.</param>
    /// <param name="journal">Of an import that is gone on with after a kill, and can be undone.</param>
    public async Task<ImportCounts> RunAsync(
        Storefront storefront, CsvFile<ContactField, ContactRow> file, Action<BadRow> bad, ImportOptions options, Action<ImportCounts> report, CancellationToken cancel, ImportJournal? journal = null)
    {
        options = await WithDefaultsAsync(database, storefront, options, cancel);
        var lines = journal?.Lines ?? []; // 1,000,000 rows are some 40 MB
        var counts = journal?.Before ?? new ImportCounts();
        int batches = 0, replanAt = 1;
        foreach (var rows in file.Rows().Skip(counts.Read).Chunk(RowsInBatch))
        {
            cancel.ThrowIfCancellationRequested();
            var batch = await WriteAsync(storefront, file.Header, rows, options, lines, counts, journal, cancel);
            foreach (var (contact, line) in batch.Lines) lines[contact] = line;
            batch.Bad.ForEach(bad);
            counts += batch.Counts;
            if (++batches == replanAt)
            {
                replanAt *= 4;
                await database.ReplanAsync(Tables, cancel);
            }
            report(counts);
        }
        await database.WriteAsync(async transaction =>
        {
            if (journal is not null) await journal.EndAsync(transaction, counts);
            await activity.AppendAsync(transaction, Happened(storefront, counts, journal));
        }, cancel);
        return counts;
    }

    /// <summary>The columns that this storefront has no use for.</summary>
    public static IEnumerable<string> NotUsed(Storefront storefront, CsvHeader<ContactField> header)
    {
        ContactField[] others = storefront.Vocabulary == Vocabulary.Rental ? [ContactField.Plan] : [ContactField.Unit, ContactField.UnitType];
        return header.NotUsed.Concat(others.Where(header.Has).Select(header.NameOf));
    }

    /// <summary>What the storefront says by itself: its only facility, its only currency.</summary>
    public static async Task<ImportOptions> WithDefaultsAsync(Database database, Storefront storefront, ImportOptions options, CancellationToken cancel)
    {
        var where = new { storefront.OrganizationId, StorefrontId = storefront.Id };
        return await database.ReadAsync(async connection =>
        {
            var facilities = (await connection.QueryAsync<KnownFacility>(ImportSql.Facilities, where)).ToList();
            if (options is { Facility: { } name, CreateFacilities: false } && !facilities.Exists(f => FoldedText.Same(f.Name, name)))
                throw new ImportRefusedException($"{storefront.Name} has no facility “{name}”. It has: {string.Join(", ", facilities.Select(f => f.Name))}. Correct the name, or let the import create facilities.");
            var currencies = (await connection.QueryAsync<string>(ImportSql.Currencies, where)).ToList();
            return options with
            {
                // "The only one" must not stop being so half-way through.
                Facility = options.Facility ?? (facilities.Count == 1 && !options.CreateFacilities ? facilities[0].Name : null),
                Currency = options.Currency ?? (currencies.Count == 1 ? currencies[0] : null),
            };
        }, cancel);
    }

    private async Task<ImportBatch> WriteAsync(
        Storefront storefront, CsvHeader<ContactField> header, ContactRow[] rows, ImportOptions options, Dictionary<Guid, int> lines,
        ImportCounts counts, ImportJournal? journal, CancellationToken cancel)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await database.WriteAsync(async transaction =>
                {
                    await transaction.Connection!.ExecuteAsync(ImportSql.TakeTurn, new { storefront.OrganizationId, StorefrontId = storefront.Id }, transaction);
                    var known = await new KnownReader(transaction.Connection!, transaction, storefront.Key, options).ReadAsync([.. rows.Where(r => r.Problems.Count == 0)]);
                    var now = clock.GetUtcNow();
                    var batch = new ImportBatch(known, storefront, header, options, id => lines.TryGetValue(id, out int line) ? line : null, now);
                    foreach (var row in rows) batch.Plan(row);
                    await batch.Writes.RunAsync(transaction, storefront.Key, now);
                    if (journal is not null) await journal.WriteAsync(transaction, batch, counts + batch.Counts, now);
                    return batch;
                }, cancel);
            }
            // A customer signed up, or staff saved one, between this batch's look and its write (PostgreSQL only): look again.
            catch (Exception e) when (attempt < MostTries && e is ChangedMeanwhileException or DbException { SqlState: "23505" })
            {
                await Task.Delay(20 * attempt, cancel);
            }
        }
    }

    private Happened Happened(Storefront storefront, ImportCounts counts, ImportJournal? journal) => new(storefront.OrganizationId, ActivityType.IMPORT, "imported contacts")
    {
        StorefrontId = storefront.Id,
        SubjectId = journal?.ImportId ?? Guid.CreateVersion7(clock.GetUtcNow()),
        Actor = journal?.Actor,
        Detail = $"{counts.Read} rows: {counts.New} new, {counts.Updated} updated, {counts.Unchanged} unchanged, {counts.Bad} bad; {counts.Accounts} accounts, {counts.Holdings} rentals or subscriptions",
    };
}

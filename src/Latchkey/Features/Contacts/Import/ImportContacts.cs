using System.Data.Common;
using Dapper;
using Latchkey.Platform.Activity;
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

    /// <param name="report">Called after each batch.</param>
    public async Task<ImportCounts> RunAsync(
        Storefront storefront, CsvContacts file, ErrorFile errors, ImportOptions options, Action<ImportCounts> report, CancellationToken cancel)
    {
        options = await WithDefaultsAsync(storefront, options, cancel);
        var lines = new Dictionary<Guid, int>(); // 1,000,000 rows are some 40 MB
        var counts = new ImportCounts();
        int batches = 0, replanAt = 1;
        foreach (var rows in file.Rows().Chunk(RowsInBatch))
        {
            cancel.ThrowIfCancellationRequested();
            var batch = await WriteAsync(storefront, file.Header, rows, options, lines, cancel);
            foreach (var (contact, line) in batch.Lines) lines[contact] = line;
            batch.Bad.ForEach(errors.Add);
            counts += batch.Counts;
            if (++batches == replanAt)
            {
                replanAt *= 4;
                await database.ReplanAsync(Tables, cancel);
            }
            report(counts);
        }
        await database.WriteAsync(transaction => activity.AppendAsync(transaction, Happened(storefront, counts)), cancel);
        return counts;
    }

    /// <summary>The columns that this storefront has no use for.</summary>
    public static IEnumerable<string> NotUsed(Storefront storefront, ContactHeader header)
    {
        ContactField[] others = storefront.Vocabulary == Vocabulary.Rental ? [ContactField.Plan] : [ContactField.Unit, ContactField.UnitType];
        return header.NotUsed.Concat(others.Where(header.Has).Select(header.NameOf));
    }

    private async Task<ImportOptions> WithDefaultsAsync(Storefront storefront, ImportOptions options, CancellationToken cancel)
    {
        var where = new { storefront.OrganizationId, StorefrontId = storefront.Id };
        return await database.ReadAsync(async connection =>
        {
            var facilities = (await connection.QueryAsync<KnownFacility>(ImportSql.Facilities, where)).ToList();
            if (options is { Facility: { } name, CreateFacilities: false } && !facilities.Exists(f => FoldedText.Same(f.Name, name)))
                throw new ImportRefusedException($"{storefront.Name} has no facility “{name}”. It has: {string.Join(", ", facilities.Select(f => f.Name))}. To create it, add --create-facilities.");
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
        Storefront storefront, ContactHeader header, ContactRow[] rows, ImportOptions options, Dictionary<Guid, int> lines, CancellationToken cancel)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await database.WriteAsync(async transaction =>
                {
                    await transaction.Connection!.ExecuteAsync(ImportSql.TakeTurn, new { storefront.OrganizationId, StorefrontId = storefront.Id }, transaction);
                    var known = await new KnownReader(transaction, storefront.Key, options).ReadAsync([.. rows.Where(r => r.Problems.Count == 0)]);
                    var now = clock.GetUtcNow();
                    var batch = new ImportBatch(known, storefront, header, options, id => lines.TryGetValue(id, out int line) ? line : null, now);
                    foreach (var row in rows) batch.Plan(row);
                    await batch.Writes.RunAsync(transaction, storefront.Key, now);
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

    private Happened Happened(Storefront storefront, ImportCounts counts) => new(storefront.OrganizationId, ActivityType.IMPORT, "imported contacts")
    {
        StorefrontId = storefront.Id,
        SubjectId = Guid.CreateVersion7(clock.GetUtcNow()),
        Detail = $"{counts.Read} rows: {counts.New} new, {counts.Updated} updated, {counts.Unchanged} unchanged, {counts.Bad} bad; {counts.Accounts} accounts, {counts.Holdings} rentals or subscriptions",
    };
}

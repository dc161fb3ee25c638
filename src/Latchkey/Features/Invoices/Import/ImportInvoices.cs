using System.Data.Common;
using Dapper;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Csv;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;

namespace Latchkey.Features.Invoices.Import;

/// <summary>
/// Brings a file's invoices to the customers of a storefront. They keep the number they have, and take none of ours. In batches, each
/// durable when the next begins: killed and run again it completes, and run again after that it changes nothing. Nobody is mailed, and
/// nothing is charged.
/// </summary>
internal sealed class ImportInvoices(Database database, ActivityLog activity, TimeProvider clock)
{
    private const int RowsInBatch = 200;

    /// <param name="storefront">Whose customers.</param>
    /// <param name="file">The file.</param>
    /// <param name="currency">Of amounts without one; null: the only one that the organization deals in.</param>
    /// <param name="bad">Called for each row that is not taken.</param>
    /// <param name="report">Called after each batch.</param>
    /// <param name="cancel">Stops it between two batches.</param>
    public async Task<ImportCounts> RunAsync(
        Storefront storefront, CsvFile<InvoiceField, InvoiceRow> file, string? currency, Action<BadRow> bad, Action<ImportCounts> report, CancellationToken cancel)
    {
        var counts = new ImportCounts();
        currency ??= await OnlyCurrencyAsync(storefront, cancel);
        foreach (var rows in file.Rows().Chunk(RowsInBatch))
        {
            cancel.ThrowIfCancellationRequested();
            var batch = await WriteAsync(storefront, file.Header, rows, currency, cancel);
            batch.Bad.ForEach(bad);
            report(counts += new ImportCounts { Read = rows.Length, New = batch.New.Count, Bad = batch.Bad.Count, Unchanged = rows.Length - batch.New.Count - batch.Bad.Count });
        }
        await database.WriteAsync(t => activity.AppendAsync(t, new Happened(storefront.OrganizationId, ActivityType.IMPORT, "imported invoices")
        {
            StorefrontId = storefront.Id,
            SubjectId = Guid.CreateVersion7(clock.GetUtcNow()),
            Detail = $"{counts.Read} rows: {counts.New} new, {counts.Unchanged} unchanged, {counts.Bad} bad",
        }), cancel);
        return counts;
    }

    private async Task<string?> OnlyCurrencyAsync(Storefront storefront, CancellationToken cancel) =>
        (await database.ReadAsync(c => c.QueryAsync<string>(InvoiceImportSql.Currencies, new { storefront.OrganizationId }), cancel)).ToList() is [var only] ? only : null;

    private Task<InvoiceBatch> WriteAsync(Storefront storefront, CsvHeader<InvoiceField> header, InvoiceRow[] rows, string? currency, CancellationToken cancel) => database.WriteAsync(async t =>
    {
        var where = new { storefront.OrganizationId, StorefrontId = storefront.Id, now = clock.GetUtcNow() };
        await t.Connection!.ExecuteAsync(InvoiceImportSql.TakeTurn, where, t);
        var batch = new InvoiceBatch(header, currency, where.now)
        {
            ByExternalId = await SeekAsync(t, InvoiceImportSql.ByExternalId, rows.Select(r => r.CustomerId), where),
            ByEmail = await SeekAsync(t, InvoiceImportSql.ByEmail, rows.Select(r => r.Email?.Value), where),
        };
        foreach (var known in await t.Connection!.QueryAsync<Sought, KnownInvoice>(InvoiceImportSql.Known, Texts(rows.Select(r => r.Number)), where, t)) batch.Known[known.Reference] = known;
        foreach (var row in rows) batch.Plan(row);
        if (batch.New.Count == 0) return batch;
        long last = await t.Connection!.ExecuteScalarAsync<long>(InvoiceImportSql.Count, new { storefront.OrganizationId, count = batch.New.Count }, t);
        var numbered = batch.New.Select((invoice, i) => invoice with { Number = batch.New.Count - i - 1 - last }).ToList();
        await t.ExecuteAsync(InvoiceImportSql.Add, numbered, where);
        await t.ExecuteAsync(InvoiceImportSql.AddLines, numbered, where);
        return batch;
    }, cancel);

    private static async Task<ILookup<string, Guid>> SeekAsync(DbTransaction t, string sql, IEnumerable<string?> wanted, object where) =>
        (await t.Connection!.QueryAsync<Sought, Found>(sql, Texts(wanted), where, t)).ToLookup(f => f.Key, f => f.Id, StringComparer.Ordinal);

    private static List<Sought> Texts(IEnumerable<string?> texts) => [.. texts.OfType<string>().Where(t => t.Length > 0).Distinct(StringComparer.Ordinal).Select(t => new Sought(t))];

    private sealed record Sought(string Text);

    private sealed record Found
    {
        public required string Key { get; init; }
        public required Guid Id { get; init; }
    }
}

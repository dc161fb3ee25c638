using Latchkey.Platform.Csv;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;

namespace Latchkey.Features.Contacts.Import;

/// <summary>
/// Plans a whole file as <see cref="ImportContacts"/> would take it, and writes nothing: what one row would have made is remembered for
/// the next instead.
/// </summary>
internal sealed class CheckContacts(Database database, TimeProvider clock)
{
    private const int RowsInBatch = 200;

    /// <param name="storefront">Where the file would be imported to.</param>
    /// <param name="file">The file.</param>
    /// <param name="options">As the import would have them.</param>
    /// <param name="report">Called after each batch, with its bad rows and the counts so far.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task<ImportCounts> RunAsync(
        Storefront storefront, CsvFile<ContactField, ContactRow> file, ImportOptions options, Func<ImportCounts, IReadOnlyList<BadRow>, Task> report, CancellationToken cancel)
    {
        options = await ImportContacts.WithDefaultsAsync(database, storefront, options, cancel);
        var (known, lines, counts) = (new Known(), new Dictionary<Guid, int>(), new ImportCounts());
        foreach (var rows in file.Rows().Chunk(RowsInBatch))
        {
            cancel.ThrowIfCancellationRequested();
            await database.ReadAsync(c => new KnownReader(c, null, storefront.Key, options, known).ReadAsync([.. rows.Where(r => r.Problems.Count == 0)]), cancel);
            var batch = new ImportBatch(known, storefront, file.Header, options, id => lines.TryGetValue(id, out int line) ? line : null, clock.GetUtcNow());
            foreach (var row in rows) batch.Plan(row);
            foreach (var (contact, line) in batch.Lines) lines[contact] = line;
            counts += batch.Counts;
            await report(counts, batch.Bad);
        }
        return counts;
    }
}

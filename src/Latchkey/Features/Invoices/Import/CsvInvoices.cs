using Latchkey.Features.Contacts.Import;

namespace Latchkey.Features.Invoices.Import;

/// <summary>A CSV file as a stream of invoices. Knows nothing of any database: the same file always reads the same.</summary>
internal sealed class CsvInvoices : IDisposable
{
    private readonly CsvRecords file;
    private readonly DateOrder dates;

    private CsvInvoices(CsvRecords file, InvoiceHeader header, DateOrder dates)
    {
        this.file = file;
        this.dates = dates;
        Header = header;
    }

    public InvoiceHeader Header { get; }

    public char Delimiter => file.Delimiter;

    /// <param name="stream">Seekable. It is closed with the reader.</param>
    /// <param name="mapping">Header to field, where the header does not say it.</param>
    /// <param name="dates">How 03/04/2026 is meant.</param>
    public static CsvInvoices Open(Stream stream, IReadOnlyDictionary<string, InvoiceField> mapping, DateOrder dates)
    {
        var records = CsvRecords.Open(stream);
        var names = records.Next() ?? throw new ImportRefusedException($"The file has no header line.");
        return new CsvInvoices(records, InvoiceHeader.Read(names.Cells, mapping), dates);
    }

    public IEnumerable<InvoiceRow> Rows()
    {
        for (int count = 1; file.Next() is { } record; count++)
        {
            if (count > CsvRecords.MostRows)
                throw new ImportRefusedException($"The file has more than {CsvRecords.MostRows:N0} rows. Those before line {record.Line} were read; put the rest into another file.");
            yield return new InvoiceRowReader(Header, record, dates).Read();
        }
    }

    public void Dispose() => file.Dispose();
}

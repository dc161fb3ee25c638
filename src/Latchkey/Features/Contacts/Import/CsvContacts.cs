namespace Latchkey.Features.Contacts.Import;

/// <summary>A CSV file as a stream of contacts. Knows nothing of any database: the same file always reads the same.</summary>
internal sealed class CsvContacts : IDisposable
{
    private readonly CsvRecords file;
    private readonly DateOrder dates;

    private CsvContacts(CsvRecords file, ContactHeader header, DateOrder dates)
    {
        this.file = file;
        this.dates = dates;
        Header = header;
    }

    public ContactHeader Header { get; }

    public char Delimiter => file.Delimiter;

    /// <param name="stream">Seekable. It is closed with the reader.</param>
    /// <param name="mapping">Header to field, where the header does not say it.</param>
    /// <param name="dates">How 03/04/2026 is meant.</param>
    public static CsvContacts Open(Stream stream, IReadOnlyDictionary<string, ContactField>? mapping = null, DateOrder dates = DateOrder.Unknown)
    {
        var records = CsvRecords.Open(stream);
        var names = records.Next() ?? throw new ImportRefusedException($"The file has no header line.");
        return new CsvContacts(records, ContactHeader.Read(names.Cells, mapping ?? new Dictionary<string, ContactField>(StringComparer.Ordinal)), dates);
    }

    public IEnumerable<ContactRow> Rows()
    {
        for (int count = 1; file.Next() is { } record; count++)
        {
            if (count > CsvRecords.MostRows)
                throw new ImportRefusedException($"The file has more than {CsvRecords.MostRows:N0} rows. Those before line {record.Line} were read; put the rest into another file.");
            yield return new RowReader(Header, record, dates).Read();
        }
    }

    public void Dispose() => file.Dispose();
}

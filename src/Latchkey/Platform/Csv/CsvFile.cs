namespace Latchkey.Platform.Csv;

/// <summary>A CSV file as a stream of rows of one kind. Knows nothing of any database: the same file always reads the same.</summary>
/// <typeparam name="TField">What a column may hold.</typeparam>
/// <typeparam name="TRow">What becomes of a record.</typeparam>
internal abstract class CsvFile<TField, TRow> : IDisposable where TField : struct, Enum where TRow : CsvRow
{
    private readonly CsvRecords records;

    /// <param name="stream">Seekable. It is closed with the file.</param>
    /// <param name="header">Finds the columns by the header line.</param>
    protected CsvFile(Stream stream, Func<string[], CsvHeader<TField>> header)
    {
        records = CsvRecords.Open(stream);
        Header = header(records.Header());
    }

    public CsvHeader<TField> Header { get; }

    public char Delimiter => records.Delimiter;

    public IEnumerable<TRow> Rows()
    {
        for (int count = 1; records.Next() is { } record; count++)
        {
            if (count > CsvRecords.MostRows)
                throw new ImportRefusedException($"The file has more than {CsvRecords.MostRows:N0} rows. Those before line {record.Line} were read; put the rest into another file.");
            yield return Read(record);
        }
    }

    public void Dispose() => records.Dispose();

    protected abstract TRow Read(CsvRecord record);
}

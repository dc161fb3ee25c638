namespace Latchkey.Platform.Csv;

/// <summary>
/// Passes text on to the parser and stops at a record too long to be one: the parser keeps a whole record in memory, and its own
/// limit is per field.
/// </summary>
internal sealed class RecordGuard(TextReader inner, char delimiter) : TextReader
{
    public const int MostCharacters = 1_000_000;

    private enum At { FieldStart, Plain, Quoted, QuoteInQuoted }

    private At at = At.FieldStart;
    private int length;
    private int line = 1;

    public override int Read(char[] buffer, int index, int count)
    {
        int read = inner.Read(buffer, index, count);
        foreach (char c in buffer.AsSpan(index, read)) Pass(c);
        return read;
    }

    private void Pass(char c)
    {
        if (c == '\n') line++;
        if (++length > MostCharacters)
            throw new ImportRefusedException($"The row that ends after line {line} is longer than {MostCharacters:N0} characters. Is a quotation mark missing?");
        at = (at, c) switch
        {
            (At.FieldStart, '"') => At.Quoted,
            (At.Quoted, '"') => At.QuoteInQuoted,
            (At.Quoted, _) => At.Quoted,
            (At.QuoteInQuoted, '"') => At.Quoted,
            (_, '\n' or '\r') => EndOfRecord(),
            _ => c == delimiter ? At.FieldStart : At.Plain,
        };
    }

    private At EndOfRecord()
    {
        length = 0;
        return At.FieldStart;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}

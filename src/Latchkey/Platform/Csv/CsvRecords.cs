using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace Latchkey.Platform.Csv;

/// <summary>A CSV file as a stream of records, whatever its encoding and delimiter; never more than one record in memory.</summary>
internal sealed class CsvRecords : IDisposable
{
    public const long MostBytes = 2L * 1024 * 1024 * 1024;
    public const int MostColumns = 200;
    public const int MostRows = 1_000_000;
    public const int MostCharactersInField = 32_000;

    private readonly CsvParser parser;
    private bool strayQuote;

    private CsvRecords(TextReader text, char delimiter)
    {
        Delimiter = delimiter;
        parser = new CsvParser(new RecordGuard(text, delimiter), new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = delimiter.ToString(),
            MaxFieldSize = MostCharactersInField,
            BadDataFound = _ => strayQuote = true,
            BufferSize = 64 * 1024,
            IgnoreBlankLines = false, // they count as lines
        });
    }

    public char Delimiter { get; }

    /// <param name="stream">Seekable: it is read once for its encoding, and once for its records.</param>
    public static CsvRecords Open(Stream stream)
    {
        if (stream.Length == 0) throw new ImportRefusedException($"The file is empty.");
        if (stream.Length > MostBytes) throw new ImportRefusedException($"The file is larger than 2 GiB. Split it; each part needs the header line.");
        var encoding = CsvEncoding.Detect(stream);
        long start = stream.Position;
        char[] head = new char[RecordGuard.MostCharacters];
        int read = new StreamReader(stream, encoding, false, -1, leaveOpen: true).ReadBlock(head);
        stream.Position = start;
        return new CsvRecords(new StreamReader(stream, encoding, false, 64 * 1024), DelimiterOf(head.AsSpan(0, read)));
    }

    /// <exception cref="ImportRefusedException">There is none, or two columns have one name: whatever they are mapped to, nobody could tell them apart.</exception>
    public string[] Header()
    {
        if (Next() is not { Cells: var cells }) throw new ImportRefusedException($"The file has no header line.");
        string[] names = [.. cells.Select(n => n.Trim())];
        if (names.Where(n => n.Length > 0).GroupBy(n => n, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ImportRefusedException($"The column “{twice.Key}” is there {twice.Count()} times. Rename or remove all but one.");
        return names;
    }

    /// <summary>The next record that is not empty, or null at the end. Spreadsheets leave rows of bare delimiters.</summary>
    public CsvRecord? Next()
    {
        while (true)
        {
            int line = parser.RawRow + 1;
            strayQuote = false;
            if (!Read(line)) return null;
            if (parser.Count > MostColumns) throw new ImportRefusedException($"Line {line} has more than {MostColumns} columns.");
            string[] cells = parser.Record ?? []; // reading the cells is what finds stray quotation marks
            if (!cells.All(string.IsNullOrWhiteSpace)) return new CsvRecord(line, cells, strayQuote);
        }
    }

    private bool Read(int line)
    {
        try
        {
            return parser.Read();
        }
        catch (MaxFieldSizeException)
        {
            throw new ImportRefusedException(
                $"Line {line}: a field is longer than {MostCharactersInField:N0} characters. Is a quotation mark missing?");
        }
    }

    public void Dispose() => parser.Dispose();

    /// <summary>Whichever of the three the header line has most of.</summary>
    private static char DelimiterOf(ReadOnlySpan<char> head)
    {
        int commas = 0, semicolons = 0, tabs = 0;
        bool quoted = false;
        foreach (char c in head)
        {
            if (c == '"') quoted = !quoted;
            else if (quoted) continue;
            else if (c is '\n' or '\r' && commas + semicolons + tabs > 0) break;
            else if (c == ',') commas++;
            else if (c == ';') semicolons++;
            else if (c == '\t') tabs++;
        }
        return tabs > commas && tabs > semicolons ? '\t' : semicolons > commas ? ';' : ',';
    }
}

/// <param name="Line">The line it begins on, from 1.</param>
/// <param name="Cells">Its fields, unquoted.</param>
/// <param name="HasStrayQuote">A quotation mark stands where none may.</param>
internal sealed record CsvRecord(int Line, string[] Cells, bool HasStrayQuote);

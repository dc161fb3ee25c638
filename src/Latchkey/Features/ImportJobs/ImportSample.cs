using Latchkey.Features.Contacts.Import;
using Latchkey.Platform.Csv;

namespace Latchkey.Features.ImportJobs;

/// <summary>The header of a file and its first rows, to settle by which column is what.</summary>
internal sealed record ImportSample(IReadOnlyList<string> Names, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    private const int MostRows = 3, MostCharacters = 60;

    /// <exception cref="ImportRefusedException">It is no CSV file that could be imported.</exception>
    public static ImportSample Read(Stream stream)
    {
        // Not closed with the reader: the caller goes on with the stream.
        var records = CsvRecords.Open(stream);
        string[] header = records.Header();
        var guess = ContactHeader.Guess(header);
        var rows = new List<IReadOnlyList<string>>();
        while (rows.Count < MostRows && records.Next() is { } record) rows.Add([.. header.Select((_, i) => Shown(record.Cells, i, guess[i]))]);
        return new(header, rows);
    }

    /// <summary>A password of another system is nothing to look at, not even as its hash.</summary>
    private static string Shown(string[] cells, int column, ContactField? field)
    {
        string cell = column < cells.Length ? cells[column] : "";
        return field == ContactField.PasswordHash && cell.Length > 0 ? "•••" : cell.Length > MostCharacters ? $"{cell[..MostCharacters]}…" : cell;
    }
}

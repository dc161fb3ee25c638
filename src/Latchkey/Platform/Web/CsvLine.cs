using System.Buffers;
using System.Text;

namespace Latchkey.Platform.Web;

/// <summary>One line of a CSV file (RFC 4180) that no spreadsheet takes for a formula.</summary>
public static class CsvLine
{
    /// <summary>What begins a formula, also in the full-width letters that some spreadsheets fold (ASVS 5, 1.2.10).</summary>
    private const string Formula = "=+-@\t\r＝＋－＠";

    private static readonly SearchValues<char> Quoted = SearchValues.Create(",;\"\t\r\n");

    public static string Of(params IEnumerable<string?> cells) => string.Join(',', cells.Select(Cell)) + "\r\n";

    /// <summary>A cell as it was before <see cref="Of"/> made it harmless: what we wrote is read again as what it was.</summary>
    public static string Plain(string cell) => cell.Length > 1 && cell[0] == '\'' && Formula.Contains(cell[1], StringComparison.Ordinal) ? cell[1..] : cell;

    private static string Cell(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        bool isFormula = Formula.Contains(text[0], StringComparison.Ordinal);
        if (!isFormula && !text.AsSpan().ContainsAny(Quoted)) return text;
        var quoted = new StringBuilder(text.Length + 3).Append('"');
        if (isFormula) quoted.Append('\'');
        return quoted.Append(text.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"').ToString();
    }
}

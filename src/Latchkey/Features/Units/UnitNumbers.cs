using System.Globalization;

namespace Latchkey.Features.Units;

/// <summary>Numbers of units as people write many of them: <c>A15, A17-A20</c>.</summary>
public static class UnitNumbers
{
    private const int MostCharacters = 20;

    /// <returns>Null when there is none, or one that is no number, or too many.</returns>
    public static IReadOnlyList<string>? Read(string typed)
    {
        var numbers = new List<string>();
        foreach (string part in typed.Split([',', ';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (part.Any(char.IsControl) || part.Length > 2 * MostCharacters) return null;
            var range = part.Split('-', 2, StringSplitOptions.TrimEntries);
            if (range.Length == 2 && Count(range[0], range[1]) is { } counted) numbers.AddRange(counted);
            else numbers.Add(part);
            if (numbers.Count > ChangeStock.MostUnitsAtOnce || numbers[^1].Length > MostCharacters) return null;
        }
        return numbers.Count == 0 ? null : [.. numbers.Distinct(StringComparer.Ordinal)];
    }

    private static List<string>? Count(string from, string to)
    {
        var (letters, first, width) = Split(from);
        var (again, last, _) = Split(to);
        if (first is not { } start || last is not { } end || (again.Length > 0 && again != letters) || end < start) return null;
        return [.. Enumerable.Range(start, Math.Min(end - start, ChangeStock.MostUnitsAtOnce) + 1).Select(n => letters + n.ToString(CultureInfo.InvariantCulture).PadLeft(width, '0'))];
    }

    private static (string Letters, int? Number, int Width) Split(string text)
    {
        int at = text.Length;
        while (at > 0 && char.IsAsciiDigit(text[at - 1])) at--;
        return (text[..at], int.TryParse(text.AsSpan(at), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null, text.Length - at);
    }
}

using System.Text;

namespace Latchkey.Platform.Data;

/// <summary>
/// What staff typed to find somebody: the three longest words, each anywhere in name, address or number, or a phone number however either
/// was written. The longest is asked for first: the fewest have it. It scans an organization's contacts, short rows of an index, and stops when the page is full.
/// </summary>
public sealed record PeopleSearch
{
    public const int MostCharacters = 200;
    /// <summary>Of so many rows of a list, one after the other, it is asked whether they match, before all contacts are searched.</summary>
    public const string Next = "1000";

    /// <summary>All of an organization's contacts, as SQL: with the name in it SQLite reads the short rows of <c>contact_list</c> and not the table.</summary>
    public const string Contacts = "c.organization_id = @organizationId and c.full_name >= ''";

    /// <summary>As SQL, about the table as <c>contact c</c>.</summary>
    public const string OfContact = """
        (@Word1 = '' or (c.search_text like @Word1 escape '\' and (@Word2 = '' or c.search_text like @Word2 escape '\') and (@Word3 = '' or c.search_text like @Word3 escape '\')))
        """;

    public required string Word1 { get; init; }
    public required string Word2 { get; init; }
    public required string Word3 { get; init; }

    public bool IsEmpty => Word1.Length == 0;

    public static PeopleSearch Of(string? typed)
    {
        string text = (typed is { Length: > MostCharacters } ? typed[..MostCharacters] : typed ?? "").Replace("\0", "", StringComparison.Ordinal);
        string[] words = Number(text) is { Length: > 0 } number ? [number] : [.. Composed(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).OrderByDescending(w => w.Length).Select(Pattern)];
        return new() { Word1 = words.ElementAtOrDefault(0) ?? "", Word2 = words.ElementAtOrDefault(1) ?? "", Word3 = words.ElementAtOrDefault(2) ?? "" };
    }

    /// <summary>
    /// Letters beyond ASCII match any one character: SQLite knows no case of theirs, and Élodie is found as élodie and as Elodie.
    /// </summary>
    private static string Pattern(string word)
    {
        var pattern = new StringBuilder("%");
        foreach (var rune in word.ToLowerInvariant().EnumerateRunes())
        {
            if (rune.Value is '%' or '_' or '\\') pattern.Append('\\');
            pattern.Append(rune.IsAscii ? rune.ToString() : "_");
        }
        return pattern.Append('%').ToString();
    }

    // The digits of a number stand in the text once more without what separates them; a trunk 0 stands where others write the country's code.
    private static string Number(string text)
    {
        if (text.Any(c => !char.IsAsciiDigit(c) && !char.IsWhiteSpace(c) && c is not ('+' or '-' or '.' or '(' or ')' or '/'))) return "";
        string digits = string.Concat(text.Where(char.IsAsciiDigit)).TrimStart('0');
        return digits.Length >= 3 ? $"%{digits}%" : "";
    }

    /// <summary>Text with half of a character in it has no composed form; then it is searched for as it is.</summary>
    private static string Composed(string text)
    {
        try
        {
            return text.Normalize();
        }
        catch (ArgumentException)
        {
            return new string([.. text.Where(c => !char.IsSurrogate(c))]);
        }
    }
}

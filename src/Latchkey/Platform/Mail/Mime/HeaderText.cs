using System.Buffers;

namespace Latchkey.Platform.Mail.Mime;

/// <summary>Which header text can stand as it is and which has to be encoded.</summary>
internal static class HeaderText
{
    private const int LongestWord = 60;
    private static readonly SearchValues<char> AtomsAndSpace =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-/=?^_`{|}~ ");

    /// <summary>Printable ASCII that survives folding unchanged and that no reader takes for an encoded word.</summary>
    public static bool IsPlain(string value) =>
        value.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0
        && !value.StartsWith(' ') && !value.EndsWith(' ')
        // Relays join or trim runs of spaces, and a folded run could leave a line of nothing but blanks.
        && !value.Contains("  ", StringComparison.Ordinal)
        && !value.Contains("=?", StringComparison.Ordinal)
        && WordsAreShort(value);

    /// <summary>Whether plain text may stand in a display name without quotes.</summary>
    public static bool IsAtoms(string value) => value.AsSpan().IndexOfAnyExcept(AtomsAndSpace) < 0;

    private static bool WordsAreShort(ReadOnlySpan<char> value)
    {
        foreach (var word in value.Split(' '))
            if (word.End.Value - word.Start.Value > LongestWord) return false;
        return true;
    }
}

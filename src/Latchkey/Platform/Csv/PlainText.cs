using System.Globalization;
using System.Text;

namespace Latchkey.Platform.Csv;

/// <summary>Text that may stand on a page, in a mail's header and in a log: one line, no control characters.</summary>
internal static class PlainText
{
    /// <summary>The text composed and with single spaces.</summary>
    /// <returns>What is wrong with it, or null.</returns>
    public static FormattableString? Check(string typed, int most, out string text)
    {
        text = typed;
        if (typed.EnumerateRunes().Any(r => !IsPlain(r))) return $"has a line break or a control character.";
        text = string.Join(' ', typed.Normalize(NormalizationForm.FormC).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (text.Length <= most) return null;
        return $"is longer than {most} characters.";
    }

    private static bool IsPlain(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => false,
        // These turn the direction of what follows: a name could make a mail's text read otherwise.
        UnicodeCategory.Format => rune.Value is not (>= 0x202A and <= 0x202E or >= 0x2066 and <= 0x2069),
        _ => true,
    };
}

using System.Text;

namespace Latchkey.Platform.Mail.Smtp;

/// <summary>What a relay said, made fit for one line of a page: it is a stranger's text.</summary>
internal static class SmtpWords
{
    private const int Longest = 500;

    public static string Clean(string text)
    {
        var clean = new StringBuilder(Math.Min(text.Length, Longest));
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length + rune.Utf16SequenceLength > Longest) break;
            if (Rune.IsControl(rune) || Rune.IsWhiteSpace(rune)) clean.Append(' ');
            else clean.Append(rune);
        }
        return clean.ToString().Trim();
    }
}

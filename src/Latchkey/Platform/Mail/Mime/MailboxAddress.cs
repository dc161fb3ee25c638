using System.Globalization;
using System.Text;

namespace Latchkey.Platform.Mail.Mime;

/// <summary>
/// Which addresses may be an envelope recipient or sender: a dot-atom local part (RFC 5321 §4.1.2, RFC 6531 for
/// letters beyond ASCII) at a domain of letter-digit-hyphen labels. Quoted local parts, comments, source routes and
/// address literals are valid e-mail, but route elsewhere than they read, so they are refused.
/// </summary>
public static class MailboxAddress
{
    public static bool IsValid(string address)
    {
        var at = address.LastIndexOf('@');
        return at > 0 && Encoding.UTF8.GetByteCount(address) <= 254
            && IsLocalPart(address[..at]) && IsDomain(address.AsSpan(at + 1));
    }

    private static bool IsLocalPart(string local)
    {
        if (local[0] == '.' || local[^1] == '.' || local.Contains("..", StringComparison.Ordinal)) return false;
        if (!Ascii.IsValid(local) && !IsPlainUnicode(local)) return false;
        return Encoding.UTF8.GetByteCount(local) <= 64 && local.All(c => c == '.' || c > 127 || IsAtext(c));
    }

    // '%' and '!' are atext, but relays of old still read them as routes (user%host@relay, host!user).
    private static bool IsAtext(char c) => char.IsAsciiLetterOrDigit(c) || "#$&'*+-/=?^_`{|}~".Contains(c);

    // Compatibility forms (full-width @, ligatures) and invisible characters make two addresses look like one.
    private static bool IsPlainUnicode(string local)
    {
        foreach (var rune in local.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar) return false;
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned) return false;
        }
        return local.IsNormalized(NormalizationForm.FormKC);
    }

    private static bool IsDomain(ReadOnlySpan<char> domain)
    {
        if (domain.Length is 0 or > 253) return false;
        var last = domain;
        foreach (var range in domain.Split('.'))
        {
            last = domain[range];
            if (!IsLabel(last)) return false;
        }
        return last.IndexOfAnyExceptInRange('0', '9') >= 0; // else 127.0.0.1 would pass for a name
    }

    private static bool IsLabel(ReadOnlySpan<char> label)
    {
        if (label.Length is 0 or > 63 || label[0] == '-' || label[^1] == '-') return false;
        foreach (var c in label)
            if (!char.IsAsciiLetterOrDigit(c) && c != '-') return false;
        return true;
    }
}

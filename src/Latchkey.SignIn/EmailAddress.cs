using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Latchkey.SignIn;

/// <summary>
/// An e-mail address in the one form in which addresses are stored and compared: ASCII, lower case, the domain in A-labels
/// (punycode). Dots and +tags are not folded: they make different mailboxes at most providers.
/// </summary>
/// <remarks>
/// <see cref="System.Net.Mail.MailAddress"/> reads <c>victim@x.example &lt;other@y.example&gt;</c> as the second address, and
/// the Unicode normal forms turn 613 other characters into ASCII ones. So this parser accepts ASCII dot-atoms (RFC 5321
/// §4.1.2) and refuses the rest, apart from the few harmless forms people paste.
/// </remarks>
public sealed class EmailAddress : IEquatable<EmailAddress>
{
    /// <summary>The longest address there can be (RFC 5321 §4.5.3.1.3, less the angle brackets).</summary>
    public const int MostCharacters = 254;

    private const int MostLocalCharacters = 64;
    private static readonly SearchValues<char> LocalCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789#$&'*+-/=?^_`{|}~.");
    private static readonly SearchValues<char> NotInDisplayName = SearchValues.Create("@,;:<>\r\n\0\uFF20");
    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    private EmailAddress(string value, bool deliverable)
    {
        Value = value;
        IsDeliverable = deliverable;
    }

    /// <summary>The canonical form.</summary>
    public string Value { get; }

    /// <summary>Whether mail can go there. An address such as <c>ann@example</c> is understood, and belongs to nobody.</summary>
    public bool IsDeliverable { get; }

    /// <summary>The part after the @, in A-labels.</summary>
    public string Domain => Value[(Value.LastIndexOf('@') + 1)..];

    /// <summary>What stands before the @.</summary>
    public string LocalPart => Value[..Value.LastIndexOf('@')];

    /// <summary>The address with all but the first character of each part hidden: <c>a•••@e•••.com</c>.</summary>
    public string Masked
    {
        get
        {
            int at = Value.LastIndexOf('@');
            int dot = Value.LastIndexOf('.');
            return $"{Value[0]}•••@{Value[at + 1]}•••{(dot > at ? Value[dot..] : "")}";
        }
    }

    /// <summary>
    /// Reads what a person typed or pasted: <c>Ann@Example.com</c>, <c>mailto:ann@example.com</c>,
    /// <c>Ann Archer &lt;ann@example.com&gt;</c>, a full-width @, an internationalised domain, a full stop at the end.
    /// </summary>
    /// <param name="typed">The text. It may be anything.</param>
    /// <param name="address">The address in canonical form.</param>
    /// <returns>False when it is not one single plain address.</returns>
    public static bool TryRead(string? typed, [NotNullWhen(true)] out EmailAddress? address)
    {
        address = null;
        if (typed is null || typed.Length > 2 * MostCharacters) return false;
        string text = Unwrap(typed.Trim());
        if (text.Length > MostCharacters || text.AsSpan().Count('@') != 1) return false;

        int at = text.IndexOf('@', StringComparison.Ordinal);
        string local = text[..at], domain = text[(at + 1)..];
        if (local.Length is 0 or > MostLocalCharacters || local.AsSpan().ContainsAnyExcept(LocalCharacters)) return false;
        if (!TryReadDomain(domain.EndsWith('.') ? domain[..^1] : domain, out string? ascii)) return false;

        string value = $"{local.ToLowerInvariant()}@{ascii}";
        if (value.Length > MostCharacters) return false;
        address = new EmailAddress(value, IsDotAtom(local) && IsPublicDomain(ascii));
        return true;
    }

    /// <summary>An address that is already canonical, such as one read back from the database.</summary>
    /// <param name="value">The canonical form.</param>
    /// <exception cref="FormatException">It is not canonical.</exception>
    public static EmailAddress Of(string value) =>
        TryRead(value, out var address) && address.Value == value ? address : throw new FormatException("Not a canonical e-mail address.");

    /// <summary>Compares the canonical forms, byte for byte.</summary>
    public bool Equals(EmailAddress? other) => other is not null && other.Value == Value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as EmailAddress);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    /// <summary>The masked form: logs show no more.</summary>
    public override string ToString() => Masked;

    /// <summary>
    /// The mailbox behind variants of an address, for counting mails to one person: without +tag and, at providers that
    /// ignore them, without dots. Never an identity.
    /// </summary>
    internal string Mailbox()
    {
        int at = Value.LastIndexOf('@');
        string local = Value[..at];
        int plus = local.IndexOf('+', StringComparison.Ordinal);
        if (plus > 0) local = local[..plus];
        return $"{local.Replace(".", "", StringComparison.Ordinal)}@{Domain}";
    }

    private static string Unwrap(string text)
    {
        if (text.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase)) text = text[7..];
        // A display name may be pasted along, unless it could itself be taken for an address.
        int open = text.IndexOf('<', StringComparison.Ordinal);
        if (open >= 0 && text.EndsWith('>') && !text.AsSpan(0, open).ContainsAny(NotInDisplayName)) text = text[(open + 1)..^1].Trim();
        // Some keyboards type U+FF20; more than one @ of any kind is refused later.
        return text.Contains('@', StringComparison.Ordinal) ? text : text.Replace('\uFF20', '@');
    }

    private static bool TryReadDomain(string domain, [NotNullWhen(true)] out string? ascii)
    {
        ascii = null;
        if (domain.EndsWith('.')) return false; // IdnMapping would keep it, and the same domain would have two canonical forms
        foreach (char c in domain)
        {
            // IDNA maps look-alike full stops and drops soft hyphens; only letters, marks and digits are let through to it.
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('.' or '-') && (c < 0x80 || !IsPlainLetter(c))) return false;
        }
        try
        {
            ascii = Idn.GetAscii(domain).ToLowerInvariant();
            return ascii.Length > 0;
        }
        catch (ArgumentException)
        {
            return false; // empty or overlong labels, bad bidi, invalid punycode
        }
    }

    private static bool IsPlainLetter(char c) =>
        char.GetUnicodeCategory(c) is UnicodeCategory.LowercaseLetter or UnicodeCategory.UppercaseLetter or UnicodeCategory.OtherLetter
            or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DecimalDigitNumber
        && !FoldsToAscii(c);

    /// <summary>The Kelvin sign is a k to IDNA, a long s an s, a full-width letter a plain one: no label has two spellings.</summary>
    private static bool FoldsToAscii(char c) => c.ToString().Normalize(NormalizationForm.FormKC).ToLowerInvariant().Any(char.IsAscii);

    private static bool IsDotAtom(string local) =>
        !local.StartsWith('.') && !local.EndsWith('.') && !local.Contains("..", StringComparison.Ordinal);

    private static bool IsPublicDomain(string ascii) => ascii.Contains('.', StringComparison.Ordinal);
}

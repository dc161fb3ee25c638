namespace Latchkey.Platform.Mail.Mime;

/// <summary>
/// The last gate before a mail becomes bytes: what can't be written safely is a bug of the caller and throws, it is
/// never repaired here.
/// </summary>
public static class MailSyntax
{
    /// <exception cref="ArgumentException">An address or header value that can't be written as it is.</exception>
    public static void Check(OutgoingMail mail)
    {
        if (ProblemOf(mail) is { } problem) throw new ArgumentException(problem, nameof(mail));
    }

    // The value is left out on purpose: it may be an address or hostile, and exceptions are logged.
    private static string? ProblemOf(OutgoingMail mail) =>
        ProblemOf("From", mail.From) ?? ProblemOf("To", mail.To) ?? ProblemOf("Subject", mail.Subject)
        ?? (IsMessageId(mail.MessageId) ? null : "Message-ID must be left@right in printable ASCII.")
        ?? (IsLanguage(mail.Language) ? null : "Content-Language must be a BCP 47 tag.");

    private static string? ProblemOf(string field, MailAddressee addressee) =>
        MailboxAddress.IsValid(addressee.Address) ? ProblemOf(field, addressee.Name ?? "") : $"{field} is not an address that can be sent to.";

    private static string? ProblemOf(string field, string value) =>
        value.AsSpan().IndexOfAny('\r', '\n', '\0') >= 0 ? $"{field} holds a line break or NUL." : null;

    private static bool IsMessageId(string id)
    {
        var bare = BareMessageId(id);
        var at = bare.IndexOf('@');
        return bare.Length <= 250 && at > 0 && at < bare.Length - 1 && at == bare.LastIndexOf('@')
            && bare.IndexOfAnyExceptInRange('!', '~') < 0 && bare.IndexOfAny('<', '>') < 0;
    }

    internal static ReadOnlySpan<char> BareMessageId(string id) =>
        id is ['<', .., '>'] ? id.AsSpan(1, id.Length - 2) : id;

    private static bool IsLanguage(string tag) =>
        tag.Length is > 0 and <= 35 && tag.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
}

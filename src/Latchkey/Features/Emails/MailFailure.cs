using Latchkey.Platform.Mail;
using Latchkey.Platform.Web;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Emails;

/// <summary>What a mail server's answer means (RFC 3463, RFC 5321 §4.2).</summary>
internal static class MailFailure
{
    /// <param name="l">The reader's language.</param>
    /// <param name="mail">The mail it is about.</param>
    /// <param name="stored">The reason as it is kept: our own plain words, or the server's.</param>
    public static string InWords(IStringLocalizer<Texts> l, ListedMail mail, string stored) =>
        mail.IsSms || MailReasons.IsOurs(stored) ? MailReasons.Shown(l, stored) : OfServer(l, stored, mail.ReplyStatus ?? "", mail.ReplyCode);

    private static string OfServer(IStringLocalizer<Texts> l, string stored, string status, int? code) => (status, code) switch
    {
        ("5.1.1" or "5.1.3" or "5.1.6" or "5.1.10", _) => l["There is no such mailbox. Check the address."],
        ("5.1.2" or "5.4.4" or "4.4.3", _) => l["The domain after the @ receives no mail. Check the address."],
        ("5.2.1", _) => l["The recipient’s mailbox is closed. Ask for another address."],
        ("5.2.2" or "4.2.2", _) => l["The recipient’s mailbox is full."],
        ("5.3.4" or "5.2.3", _) => l["The mail is too large."],
        ("5.1.7" or "5.1.8", _) => l["The mail server does not accept our sender’s address."],
        (_, 530 or 534 or 535 or 538) => l["The mail server does not let us in. Check the name and password of Mail__Smtp."],
        ({ Length: > 0 } refused, _) when refused.StartsWith("5.7", StringComparison.Ordinal) => l["The mail server refused the mail as unwanted, or does not let us send."],
        (_, 550 or 551 or 553) => l["The mail server does not take mail for this address. Check it."],
        (_, 552) => l["The recipient’s mailbox is full."],
        (_, >= 500) => l["The mail server refused the mail."],
        (_, >= 400) => l["The mail server asked to try again later. We do so."],
        _ when stored.StartsWith("Not sent: its time was over", StringComparison.Ordinal) => l["It was not sent: what it says was over before it could leave."],
        _ when stored.StartsWith("Not tried: the server was stopping", StringComparison.Ordinal) => l["It waits to be tried again."],
        _ => stored,
    };
}

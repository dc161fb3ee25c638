using System.Globalization;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Web;
using Latchkey.SignIn.Diagnosis;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Why;

/// <summary>One line of evidence in words, for staff.</summary>
public static class EvidenceTexts
{
    public static string Of(IStringLocalizer<Texts> l, Evidence evidence)
    {
        string text = evidence.Text ?? "", number = evidence.Number.ToString(CultureInfo.CurrentCulture), at = evidence.At is { } time ? Dates.Moment(time) : "";
        string reason = MailReasons.Shown(l, text);
        return evidence.Kind switch
        {
            EvidenceKind.Asked => evidence.Number > 1 ? l["Asked for a link {0} times.", number] : l["Asked for a link."],
            EvidenceKind.NotAsked => l["No link was asked for lately."],
            EvidenceKind.AskedByStaff => l["Your team sent a link."],
            EvidenceKind.LimitedUntil => l["The next request is taken on {0}.", at],
            EvidenceKind.NoAccount => l["No account here has this address."],
            EvidenceKind.OnRecord => l["On record: {0}.", text],
            EvidenceKind.RecordAddress => l["Address on record: {0}.", text],
            EvidenceKind.RecordWithoutAddress => text.Length == 0 ? l["The record has no address."] : l["Address on record, which mail cannot reach: {0}.", text],
            EvidenceKind.AccountAddress => l["Address of the account: {0}.", text],
            EvidenceKind.NearAddress => evidence.Number == 0 ? l["The same but for dots or a plus sign: {0}.", text] : evidence.Number == 1 ? l["One letter away: {0}.", text] : l["{0} letters away: {1}.", number, text],
            EvidenceKind.KnownElsewhere => l["{0} knows this address.", text],
            EvidenceKind.QueuedSince => text.Length == 0 ? l["The mail waits."] : l["The mail waits. The mail server says: {0}", reason],
            EvidenceKind.MailFailed => l["The mail failed: {0}", reason],
            EvidenceKind.RelaySilentSince => l["{0} mails wait. The mail server says: {1}", number, reason],
            EvidenceKind.DomainRefuses => l["Mails to {0} are refused, whoever they are for. Customers who wait: {1}.", text, number],
            EvidenceKind.DomainPutsOff => l["Mails to {0} are put off, whoever they are for. Customers who wait: {1}.", text, number],
            EvidenceKind.Sent => l["The mail server took the mail."],
            EvidenceKind.Delivered => l["The mail was delivered."],
            EvidenceKind.Suppressed => l["Mail is held back: {0}", reason],
            EvidenceKind.TextFailed => l["The text message failed: {0}", reason],
            EvidenceKind.PhoneMissing => l["No phone number is on file."],
            EvidenceKind.SenderLacks => l["The sender’s domain publishes no {0} record that fits, so mail may land in spam. See Settings.", text],
            EvidenceKind.NotOpened => l["Nobody has opened the link."],
            EvidenceKind.OpenedByProgram => l["A program opened the link. Times: {0}.", number],
            EvidenceKind.OpenedByAsker => l["The link was opened in the browser that asked. Times: {0}.", number],
            EvidenceKind.OpenedElsewhere => l["The link was opened in another browser. Times: {0}.", number],
            EvidenceKind.TurnedAway => l["They opened the link, and the page could not sign them in."],
            EvidenceKind.LinkEnded => l["The link stopped working."],
            EvidenceKind.Revoked => l["The link was ended: {0}.", Reasons.Of(l, text)],
            EvidenceKind.WrongNumbers => l["A wrong number was typed. Times: {0}.", number],
            EvidenceKind.WrongCodes => l["A code was typed that did not sign in. Times: {0}.", number],
            EvidenceKind.CodeEnded => l["The code stopped working."],
            EvidenceKind.SignedIn => l["Signed in by {0}.", Reasons.Means(l, text)],
            EvidenceKind.CookieMissing => l["The cookie did not come back."],
            EvidenceKind.SessionEnded => text.Length == 0 ? l["The session's time was over."] : l["The session was ended: {0}.", Reasons.Of(l, text)],
            EvidenceKind.AccountState => text == nameof(AccountState.Disabled) ? l["The account is disabled."] : l["The address was never confirmed."],
            EvidenceKind.AccountMade => l["The account was made."],
            EvidenceKind.MergedInto => l["It is part of the account {0} now.", text],
            EvidenceKind.WrongPasswords => l["Wrong passwords in a row: {0}.", number],
            EvidenceKind.PasswordPaused => l["Passwords are taken again on {0}.", at],
            EvidenceKind.NoPassword => l["The account has no password."],
            EvidenceKind.ResetSent => l["A link for a new password was asked for."],
            EvidenceKind.ResetEnded => l["The link for a new password stopped working."],
            EvidenceKind.Registered => l["They registered."],
            EvidenceKind.NotLinked => l["Not linked to the account: {0}.", text],
            EvidenceKind.OtherAccount => l["Another account of the same name: {0}.", text],
            EvidenceKind.Host => l["The page they are on: {0}.", text],
            EvidenceKind.PageSaid => l["The page told them so."],
        };
    }
}

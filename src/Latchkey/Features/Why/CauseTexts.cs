using Latchkey.Platform.Web;
using Latchkey.SignIn.Diagnosis;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Why;

/// <summary>What each cause is called, for staff.</summary>
public static class CauseTexts
{
    public static string Of(IStringLocalizer<Texts> l, Cause cause) => cause switch
    {
        Cause.UnknownHost => l["They are on a page that is none of your portals."],
        Cause.CookiesOff => l["Their browser keeps no cookies."],
        Cause.LinkDamaged => l["Their mail program cut the link in two."],
        Cause.AccountDisabled => l["The account is disabled."],
        Cause.RelayDown => l["The mail server takes no mail at the moment. Everybody waits."],
        Cause.NoAccountYet => l["There is no account yet."],
        Cause.NoValidAddress => l["The record has no address that mail can reach."],
        Cause.OtherAddressOnRecord => l["They use another address than the one on record."],
        Cause.AddressChanged => l["The address was changed, and they look at the old one."],
        Cause.WrongStorefront => l["They are at the wrong storefront."],
        Cause.AddressMistyped => l["They mistyped the address."],
        Cause.UnknownAddress => l["Nobody has this address, nor one like it."],
        Cause.DomainRefusing => l["Their mail provider refuses our mails, not only theirs."],
        Cause.AddressSuppressed => l["Mail to this address is held back."],
        Cause.MailBounced => l["The mail came back."],
        Cause.MailRejected => l["The mail was refused."],
        Cause.SmsFailed => l["The text message did not arrive."],
        Cause.NoPhone => l["This phone number is not on file."],
        Cause.MailQueued => l["The mail is waiting to be sent."],
        Cause.TooManyRequests => l["They asked too often and have to wait."],
        Cause.CookieNotKept => l["They signed in, and their browser did not keep the cookie."],
        Cause.LinkExpired => l["They opened the link after its time."],
        Cause.LinkUsed => l["They opened a link that had been used."],
        Cause.OldMail => l["They opened an old mail."],
        Cause.OtherNetwork => l["They opened the link on another network than the one that asked."],
        Cause.AccountReset => l["The account was reset."],
        Cause.AccountMerged => l["The account was merged into another one."],
        Cause.SessionsRevoked => l["Their sessions and links were ended by your team."],
        Cause.CodeLocked => l["They used up the tries at the code."],
        Cause.CodeExpired => l["They typed the code after its time."],
        Cause.CodeWrong => l["They typed a wrong code."],
        Cause.EmailNotConfirmed => l["They registered and did not confirm the address."],
        Cause.PasswordLocked => l["Too many wrong passwords: signing in by password pauses."],
        Cause.ResetLinkExpired => l["They did not use the link for a new password in time."],
        Cause.PasswordWhereNone => l["They typed a password, and the account has none."],
        Cause.WrongPassword => l["They typed a wrong password."],
        Cause.TakenAtSignUp => l["They tried to register, and have an account already."],
        Cause.ConfirmationNotPressed => l["They opened the link and did not confirm there."],
        Cause.ScannerOnly => l["Only a mail scanner opened the link."],
        Cause.NotOpened => l["The mail was sent and nobody has opened the link."],
        Cause.ContactNotLinked => l["A record of theirs is not linked to the account."],
        Cause.TwoAccounts => l["They have two accounts, and are in the other one."],
        Cause.SessionExpired => l["They were signed out, as happens after a time."],
        Cause.ForgottenAccount => l["They have an account that they may not remember."],
        Cause.NeverSentLink => l["They were never sent a link."],
        Cause.NoPasswordHere => l["They may look for a password. There are none here."],
        Cause.NothingWrong => l["Nothing is wrong: they signed in."],
        Cause.Unclear => l["Nothing on record explains it."],
    };

    public static string Of(IStringLocalizer<Texts> l, AccountState state) => state switch
    {
        AccountState.Unproven => l["Never confirmed"],
        AccountState.Proven => l["Open"],
        AccountState.Disabled => l["Disabled"],
        AccountState.Merged => l["Merged"],
    };

    public static string Of(IStringLocalizer<Texts> l, Confidence confidence) => confidence switch
    {
        Confidence.Certain => l["certain"],
        Confidence.Likely => l["likely"],
        Confidence.Possible => l["possible"],
    };
}

using Latchkey.Features.Account.Mails;
using Latchkey.Features.Invoices.Mails;
using Latchkey.Features.MailDelivery.Mails;
using Latchkey.Features.Passkeys.Mails;
using Latchkey.Features.Passwords.Mails;
using Latchkey.Features.Payments.Mails;
using Latchkey.Features.SignIn.Mails;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Web;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Emails;

/// <summary>Mails in words.</summary>
public static class MailWords
{
    /// <summary>What a filter offers; staff's own invitations are not an organization's mails to its customers.</summary>
    public static IReadOnlyList<string> Kinds { get; } =
    [
        SignInLinkMail.Kind, SignInCodeSms.Kind, StaffLinkNotice.Kind, WrongStorefrontMail.Kind, NoAccountMail.Kind, CodesPausedMail.Kind, ConfirmEmailMail.Kind, HasAccountMail.Kind, ResetPasswordMail.Kind,
        SetPasswordMail.Kind, PasswordChangedMail.Kind, PasswordPausedMail.Kind, EmailChangeMail.Kind, EmailChangedMail.Kind, EmailReplacedMail.Kind, PasskeyNoticeMail.Kind,
        InvoiceMail.Kind, ReceiptMail.Kind, PaymentFailedMail.Kind, MethodExpiringMail.Kind, MethodLostMail.Kind,
    ];

    public static string Kind(IStringLocalizer<Texts> l, string kind) => kind switch
    {
        SignInLinkMail.Kind => l["Sign-in link"],
        SignInCodeSms.Kind => l["Sign-in code"],
        StaffLinkNotice.Kind => l["Notice: the team made a link"],
        WrongStorefrontMail.Kind => l["Where to sign in"],
        NoAccountMail.Kind => l["No account here"],
        ConfirmEmailMail.Kind => l["Confirm the address"],
        HasAccountMail.Kind => l["There is an account already"],
        ResetPasswordMail.Kind => l["New password"],
        SetPasswordMail.Kind => l["Set a password"],
        PasswordChangedMail.Kind => l["Notice: password changed"],
        PasswordPausedMail.Kind => l["Notice: password paused"],
        CodesPausedMail.Kind => l["Notice: codes paused"],
        EmailChangeMail.Kind => l["Confirm a new address"],
        EmailChangedMail.Kind => l["Notice: address changed"],
        EmailReplacedMail.Kind => l["Notice: the team changed the address"],
        PasskeyNoticeMail.Kind => l["Notice: passkeys"],
        TestMail.Kind => l["Test"],
        InvoiceMail.Kind => l["Invoice"],
        ReceiptMail.Kind => l["Receipt"],
        PaymentFailedMail.Kind => l["Payment failed"],
        MethodExpiringMail.Kind => l["Card expires soon"],
        MethodLostMail.Kind => l["Payment method lost"],
        _ => kind,
    };

    public static string Channel(IStringLocalizer<Texts> l, string channel) => channel == MailChannel.Sms ? l["SMS"] : l["Email"];

    /// <summary>Of the chip: its colour, and its picture.</summary>
    public static (string Colour, string Icon) Look(MailStatus status) => status switch
    {
        MailStatus.Queued => ("neutral", "clock"),
        MailStatus.Delayed => ("warning", "clock"),
        MailStatus.Sent => ("info", "mail"),
        MailStatus.Delivered => ("success", "check"),
        MailStatus.Failed => ("danger", "alert"),
    };

    /// <summary>Why it failed or waits, in plain words; null when all is well.</summary>
    public static string? Reason(IStringLocalizer<Texts> l, ListedMail mail) =>
        mail is { Status: MailStatus.Failed or MailStatus.Delayed, Reason: { } reason } ? MailFailure.InWords(l, mail, reason) : null;
}

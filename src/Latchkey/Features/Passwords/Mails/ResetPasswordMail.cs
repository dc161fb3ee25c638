using Latchkey.Platform.Mail;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Latchkey.SignIn;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Passwords.Mails;

/// <summary>Sets a new password.</summary>
public sealed class ResetPasswordMail(OneTimeLinks links, Letters letters, PublicAddress addresses, SignInKey key, IStringLocalizer<Texts> localizer)
    : PasswordMail(letters, addresses, key, localizer)
{
    public const string Kind = "reset_password";

    public override string Name => Kind;

    protected override LinkToken? Token(MailRow mail) => links.Token(OneTimePurpose.ResetPassword, mail.RequestId!.Value);

    protected override Letter Write(MailRow mail, Storefront storefront, string portal, string? token) => new()
    {
        Storefront = storefront,
        Subject = l["Set a new password for {0}", storefront.Name],
        Heading = l["Set a new password"],
        Paragraphs = [l["This link lets you set a new password for your account at {0}. It works once, for {1} minutes.", storefront.Name, (int)PasswordAsks.ResetLifetime.TotalMinutes]],
        Button = new LetterButton(l["Set a new password"], $"{portal}/reset/{token}"),
        Notes = [l["If you did not ask for it, ignore this mail: your password stays as it is."]],
        SentBy = l["Sent by {0} because this address was typed at {1}", storefront.Name, portal],
    };
}

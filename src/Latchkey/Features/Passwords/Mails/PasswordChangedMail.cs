using Latchkey.Platform.Mail;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Latchkey.SignIn;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Passwords.Mails;

/// <summary>Tells the holder that the password was set, changed or removed (ASVS 5, 6.3.7).</summary>
public sealed class PasswordChangedMail(Letters letters, PublicAddress addresses, SignInKey key, IStringLocalizer<Texts> localizer)
    : PasswordMail(letters, addresses, key, localizer)
{
    public const string Kind = "password_changed";

    public override string Name => Kind;

    protected override Letter Write(MailRow mail, Storefront storefront, string portal, string? token) => new()
    {
        Storefront = storefront,
        Subject = l["Your password for {0} was changed", storefront.Name],
        Heading = l["Your password was changed"],
        Paragraphs =
        [
            l["The password of your account at {0} was set, changed or removed on {1}. All other devices were signed out.", storefront.Name, Dates.Moment(mail.CreatedAt)],
            l["If that was you, there is nothing to do. If it was not, set a new password now."],
        ],
        Button = new LetterButton(l["Set a new password"], $"{portal}/forgot-password"),
        SentBy = SentToHolder(storefront, portal),
    };
}

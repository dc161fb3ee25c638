using Latchkey.Platform.Mail;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Latchkey.SignIn;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Passwords.Mails;

/// <summary>Tells the holder that wrong passwords made the password path pause, and how to get in meanwhile. Once a day at the most.</summary>
public sealed class PasswordPausedMail(Letters letters, PublicAddress addresses, SignInKey key, IStringLocalizer<Texts> localizer) : PasswordMail(letters, addresses, key, localizer)
{
    public const string Kind = "password_paused";

    public override string Name => Kind;

    protected override Letter Write(MailRow mail, Storefront storefront, string portal, string? token) => new()
    {
        Storefront = storefront,
        Subject = l["Too many wrong passwords at {0}", storefront.Name],
        Heading = l["Signing in by password pauses"],
        Paragraphs =
        [
            l["Wrong passwords were typed for your account at {0}. To keep it safe, signing in by password pauses for a while.", storefront.Name],
            l["You can sign in at once by a sign-in link. A new password ends the pause too."],
        ],
        Button = new LetterButton(l["Go to sign-in"], $"{portal}/sign-in"),
        Notes = [l["If it was not you who typed them, nobody got in. We tell you once a day at the most."]],
        SentBy = SentToHolder(storefront, portal),
    };
}

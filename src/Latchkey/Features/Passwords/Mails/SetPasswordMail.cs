using Latchkey.Platform.Mail;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Latchkey.SignIn;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Passwords.Mails;

/// <summary>For an account that has no password yet: lets its holder set one, and says that none is needed.</summary>
public sealed class SetPasswordMail(OneTimeLinks links, Letters letters, PublicAddress addresses, SignInKey key, IStringLocalizer<Texts> localizer)
    : PasswordMail(letters, addresses, key, localizer)
{
    public const string Kind = "set_password";

    public override string Name => Kind;

    protected override LinkToken? Token(MailRow mail) => links.Token(OneTimePurpose.ResetPassword, mail.RequestId!.Value);

    protected override Letter Write(MailRow mail, Storefront storefront, string portal, string? token) => new()
    {
        Storefront = storefront,
        Subject = l["Set a password for {0}", storefront.Name],
        Heading = l["Your account has no password yet"],
        Paragraphs =
        [
            l["You can sign in at {0} without one: ask for a sign-in link on the portal page.", storefront.Name],
            l["If you would like a password, this link lets you set one. It works once, for {0} minutes.", (int)PasswordAsks.ResetLifetime.TotalMinutes],
        ],
        Button = new LetterButton(l["Set a password"], $"{portal}/reset/{token}"),
        Notes = [l["If you did not ask for it, ignore this mail: nothing changes."]],
        SentBy = l["Sent by {0} because this address was typed at {1}", storefront.Name, portal],
    };
}

using Latchkey.Platform.Mail;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Latchkey.SignIn;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Passwords.Mails;

/// <summary>Somebody tried to register an address that has an account: the page says the same to all, the mail says what is so.</summary>
public sealed class HasAccountMail(Letters letters, PublicAddress addresses, SignInKey key, IStringLocalizer<Texts> localizer) : PasswordMail(letters, addresses, key, localizer)
{
    public const string Kind = "has_account";

    public override string Name => Kind;

    protected override Letter Write(MailRow mail, Storefront storefront, string portal, string? token) => new()
    {
        Storefront = storefront,
        Subject = l["You already have an account at {0}", storefront.Name],
        Heading = l["You already have an account"],
        Paragraphs =
        [
            l["Somebody, probably you, tried to register this address at {0}. It has an account already, so nothing was changed.", storefront.Name],
            l["To sign in, ask for a sign-in link on the portal page. A forgotten password can be replaced there too."],
        ],
        Button = new LetterButton(l["Go to sign-in"], $"{portal}/sign-in"),
        Notes = [l["If that was not you, ignore this mail: nothing changes."]],
        SentBy = l["Sent by {0} because this address was typed at {1}", storefront.Name, portal],
    };
}

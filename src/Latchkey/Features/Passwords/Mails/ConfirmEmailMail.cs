using Latchkey.Platform.Mail;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Latchkey.SignIn;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Passwords.Mails;

/// <summary>Proves the address of a registration.</summary>
public sealed class ConfirmEmailMail(OneTimeLinks links, Letters letters, PublicAddress addresses, SignInKey key, IStringLocalizer<Texts> localizer)
    : PasswordMail(letters, addresses, key, localizer)
{
    public const string Kind = "confirm_email";

    public override string Name => Kind;

    protected override LinkToken? Token(MailRow mail) => links.Token(OneTimePurpose.ConfirmEmail, mail.RequestId!.Value);

    protected override Letter Write(MailRow mail, Storefront storefront, string portal, string? token) => new()
    {
        Storefront = storefront,
        Subject = l["Confirm your address for {0}", storefront.Name],
        Heading = l["Confirm your address"],
        Paragraphs = [l["Somebody, probably you, registered this address at {0}. Confirm it to open the account. The link works for {1} hours.", storefront.Name, (int)PasswordAsks.ConfirmLifetime.TotalHours]],
        Button = new LetterButton(l["Confirm my address"], $"{portal}/confirm/{token}"),
        Notes = [l["If that was not you, ignore this mail: nobody can sign in without it."]],
        SentBy = l["Sent by {0} because this address was typed at {1}", storefront.Name, portal],
    };
}

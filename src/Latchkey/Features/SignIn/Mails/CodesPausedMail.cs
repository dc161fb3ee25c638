using Latchkey.Platform.Mail;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Latchkey.SignIn;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.SignIn.Mails;

/// <summary>Tells the holder that codes were guessed for their account, and how to get in meanwhile. Once a day at the most.</summary>
public sealed class CodesPausedMail(PublicAddress addresses, Letters letters, SignInKey key, IStringLocalizer<Texts> l) : MailKind
{
    public const string Kind = "codes_paused";

    public override string Name => Kind;

    public override async Task<RenderedMail?> RenderAsync(MailRow mail, Storefront storefront, CancellationToken cancel)
    {
        string portal = addresses.PortalOf(storefront);
        return await letters.RenderAsync(new Letter
        {
            Storefront = storefront,
            Subject = l["Too many wrong codes at {0}", storefront.Name],
            Heading = l["Signing in by code pauses"],
            Paragraphs =
            [
                l["Wrong codes were typed for your account at {0}. To keep it safe, signing in by code pauses for a while.", storefront.Name],
                l["The link in our mails still works. Sign in with it, and codes work again at once."],
            ],
            Button = new LetterButton(l["Go to sign-in"], $"{portal}/sign-in"),
            Notes = [l["If it was not you who typed them, nobody got in. We tell you once a day at the most."]],
            SentBy = l["Sent by {0} to the holder of the account at {1}", storefront.Name, portal],
        }.WithHelp(l, HelpCode.OfLink(key, mail.Id)));
    }
}

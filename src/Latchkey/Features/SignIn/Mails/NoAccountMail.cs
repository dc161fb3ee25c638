using Latchkey.Platform.Mail;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Latchkey.SignIn;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.SignIn.Mails;

/// <summary>Says to an address that it has no account here; only where the policy wants that.</summary>
public sealed class NoAccountMail(SignInKey key, PublicAddress addresses, Letters letters, IStringLocalizer<Texts> l) : MailKind
{
    public const string Kind = "no_account";

    public override string Name => Kind;

    public override async Task<RenderedMail?> RenderAsync(MailRow mail, Storefront storefront, CancellationToken cancel)
    {
        return await letters.RenderAsync(new Letter
        {
            Storefront = storefront,
            Subject = l["No account with this address at {0}", storefront.Name],
            Heading = l["No account with this address"],
            Paragraphs =
            [
                l["Somebody asked for a sign-in link for this address at {0}. There is no account with it.", storefront.Name],
                l["Perhaps it is under another address of yours: try that one."],
            ],
            Button = new LetterButton(l["Go to the customer portal"], addresses.PortalOf(storefront)),
            Notes = [l["If that was not you, ignore this mail."]],
            SentBy = l["Sent by {0} because this address was typed at {1}", storefront.Name, addresses.PortalOf(storefront)],
        }.WithHelp(l, HelpCode.OfLink(key, mail.RequestId!.Value)));
    }
}

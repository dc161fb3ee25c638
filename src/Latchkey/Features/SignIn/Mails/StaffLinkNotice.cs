using Latchkey.Platform.Mail;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Latchkey.SignIn;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.SignIn.Mails;

/// <summary>Tells the customer that staff made a link which signs in as them.</summary>
public sealed class StaffLinkNotice(PublicAddress addresses, Letters letters, SignInKey key, IStringLocalizer<Texts> l) : MailKind
{
    public const string Kind = "staff_link_notice";

    public override string Name => Kind;

    public override async Task<RenderedMail?> RenderAsync(MailRow mail, Storefront storefront, CancellationToken cancel)
    {
        return await letters.RenderAsync(new Letter
        {
            Storefront = storefront,
            Subject = l["{0} made a sign-in link for your account", storefront.Name],
            Heading = l["A sign-in link was made for you"],
            Paragraphs =
            [
                l["On {0} the team of {1} made a link that signs in to your account, to help you get in. It works once, for {2} minutes.", Dates.Moment(mail.CreatedAt), storefront.Name, (int)storefront.Policy.StaffLinkLifetime.TotalMinutes],
                l["If you did not ask for help, look at the devices that are signed in on your account page, and tell us."],
            ],
            Button = new LetterButton(l["Look at your devices"], $"{addresses.PortalOf(storefront)}/account"),
            SentBy = l["Sent by {0}. You can always sign in at {1}", storefront.Name, addresses.PortalOf(storefront)],
        }.WithHelp(l, HelpCode.OfLink(key, mail.Id)));
    }
}

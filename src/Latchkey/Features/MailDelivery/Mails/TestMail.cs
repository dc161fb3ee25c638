using System.Globalization;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.MailDelivery.Mails;

/// <summary>Shows an Owner that mail leaves and arrives.</summary>
public sealed class TestMail(Letters letters, PublicAddress addresses, IStringLocalizer<Texts> l) : MailKind
{
    public const string Kind = "test_mail";

    public override string Name => Kind;

    public override async Task<RenderedMail?> RenderAsync(MailRow mail, Storefront storefront, CancellationToken cancel) => await letters.RenderAsync(new Letter
    {
        Storefront = storefront,
        Subject = l["A test from {0}", storefront.Name],
        Heading = l["It works"],
        Paragraphs = [l["This mail was sent from the console to see whether mail arrives. Look where it arrived: in the inbox, or among spam."]],
        Notes = [l["Customers get mail from the same sender, in the same way."]],
        SentBy = l["Sent by {0}. You sign in at {1}", storefront.Name, addresses.PortalOf(storefront)],
    });

    internal static NewMail To(string address, Storefront storefront, DateTimeOffset now) => new()
    {
        OrganizationId = storefront.OrganizationId,
        Id = Guid.CreateVersion7(now),
        StorefrontId = storefront.Id,
        Kind = Kind,
        ToAddress = address,
        Locale = CultureInfo.CurrentUICulture.Name is { Length: > 0 } locale ? locale : storefront.Locale,
        CreatedAt = now,
        GiveUpAt = now + TimeSpan.FromHours(1),
    };
}

using Latchkey.Platform.Mail;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Payments.Mails;

/// <summary>A bank sent a debit back, or a card on file was declined.</summary>
public sealed class PaymentFailedMail(PaymentFacts facts, PublicAddress addresses, Letters letters, IStringLocalizer<Texts> l) : MailKind
{
    public const string Kind = "payment_failed";

    public override string Name => Kind;

    public override async Task<RenderedMail?> RenderAsync(MailRow mail, Storefront storefront, CancellationToken cancel) => await facts.FindAsync(mail, cancel) is not { } failed ? null
        : await letters.RenderAsync(new Letter
        {
            Storefront = storefront,
            Subject = l["Your payment of {0} did not go through", failed.Sum],
            Heading = l["Your payment did not go through"],
            Paragraphs = [l["We could not take {0}. {1}", failed.Sum, FailureWords.Of(l, failed.Reason)], .. failed.Invoices, l["You can pay in the customer portal, with the same or another method."]],
            Button = new LetterButton(l["Pay now"], $"{addresses.PortalOf(storefront)}/billing?show=pending"),
            SentBy = l["Sent by {0} because a payment was tried for an account at {1}", storefront.Name, addresses.PortalOf(storefront)],
        });
}

using Latchkey.Platform.Mail;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Payments.Mails;

/// <summary>A payment has come in.</summary>
public sealed class ReceiptMail(PaymentFacts facts, PublicAddress addresses, Letters letters, IStringLocalizer<Texts> l) : MailKind
{
    public const string Kind = "receipt";

    public override string Name => Kind;

    public override async Task<RenderedMail?> RenderAsync(MailRow mail, Storefront storefront, CancellationToken cancel) => await facts.FindAsync(mail, cancel) is not { } paid ? null
        : await letters.RenderAsync(new Letter
        {
            Storefront = storefront,
            Subject = l["Receipt: {0}", paid.Sum],
            Heading = l["Thank you. Your payment has come in."],
            Paragraphs =
            [
                l["{0} received {1} on {2}.", storefront.Name, paid.Sum, Dates.Day(DateOnly.FromDateTime((paid.SettledAt ?? mail.CreatedAt).UtcDateTime))],
                .. paid.Invoices,
                .. paid.MethodName is { } method ? new[] { l["Paid with {0}.", method].Value } : [],
            ],
            Button = new LetterButton(l["See your invoices"], $"{addresses.PortalOf(storefront)}/billing?show=paid"),
            SentBy = l["Sent by {0} because a payment was made for an account at {1}", storefront.Name, addresses.PortalOf(storefront)],
        });
}

using System.Text.Json;
using Latchkey.Platform;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Invoices.Mails;

/// <summary>An invoice is due. The mail of one that is paid or void by then is pointless.</summary>
public sealed class InvoiceMail(ReadInvoices invoices, PublicAddress addresses, Letters letters, IStringLocalizer<Texts> l) : MailKind
{
    public const string Kind = "invoice";

    public override string Name => Kind;

    public override async Task<RenderedMail?> RenderAsync(MailRow mail, Storefront storefront, CancellationToken cancel)
    {
        var id = JsonSerializer.Deserialize<About>(mail.About!)!.Id;
        if (await invoices.OneAsync(mail.OrganizationId, id, cancel) is not { Invoice: { IsDue: true } invoice } whole) return null;
        return await letters.RenderAsync(new Letter
        {
            Storefront = storefront,
            Subject = l["Invoice {0} of {1}", invoice.Name, storefront.Name],
            Heading = l["Invoice {0}", invoice.Name],
            Paragraphs =
            [
                l["{0} is due on {1}.", invoice.Sum, Dates.Day(invoice.Due)],
                .. whole.Lines.Select(line => $"{line.Description}: {new Money(line.Net, invoice.Currency)}"),
                .. invoice.Tax == 0 ? [] : new[] { l["Taxes: {0}", new Money(invoice.Tax, invoice.Currency)].Value },
            ],
            Button = new LetterButton(l["See and pay"], $"{addresses.PortalOf(storefront)}/billing/invoices/{invoice.Id}"),
            SentBy = l["Sent by {0} because you have an account at {1}", storefront.Name, addresses.PortalOf(storefront)],
        });
    }

    private sealed record About(Guid Id);
}

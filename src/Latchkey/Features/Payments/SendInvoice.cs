using Latchkey.Features.Invoices;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Data;
using Latchkey.Platform.Mail;

namespace Latchkey.Features.Payments;

/// <summary>Mails an invoice that is due to its customer.</summary>
public sealed class SendInvoice(Database database, MoneyMails mails, Outbox outbox, ActivityLog activity)
{
    /// <returns>False when it is not due, or the customer has no address.</returns>
    public async Task<bool> RunAsync(Guid organization, Invoice invoice, string? staff)
    {
        if (!invoice.IsDue) return false;
        var written = await database.WriteAsync(async t =>
        {
            // Staff send it as often as they like; the billing run, once.
            if (!await MoveInvoice.CollectedByMailAsync(t, organization, invoice.Id) && staff is null) return null;
            var mail = await mails.InvoiceAsync(t, organization, invoice.StorefrontId, await mails.AccountOfAsync(t, organization, invoice.ContactId), invoice.ContactId, invoice.Id);
            if (mail is null) return null;
            await activity.AppendAsync(t, new Happened(organization, ActivityType.BILLING, "invoice sent")
            {
                StorefrontId = invoice.StorefrontId, ContactId = invoice.ContactId, SubjectId = invoice.Id, Actor = staff, Detail = invoice.Name,
            });
            return mail;
        });
        if (written is not null) outbox.Announce(written);
        return written is not null;
    }
}

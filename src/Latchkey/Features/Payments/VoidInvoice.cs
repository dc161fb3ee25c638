using Latchkey.Features.Invoices;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Data;

namespace Latchkey.Features.Payments;

/// <summary>Declares an invoice void: it keeps its number, and nobody can pay it. An open checkout for it is ended first.</summary>
public sealed class VoidInvoice(Database database, EndCheckout endCheckout, MoveInvoice moveInvoice, ActivityLog activity)
{
    /// <returns>False when it is not due, or a payment of it is under way.</returns>
    public async Task<bool> RunAsync(Guid organization, Guid invoice, string staff, CancellationToken cancel)
    {
        if (!await endCheckout.OfInvoiceAsync(organization, invoice, cancel, isDecided: true)) return false;
        return await database.WriteAsync(async t =>
        {
            if (await moveInvoice.VoidAsync(t, organization, invoice) is not { } moved) return false;
            await activity.AppendAsync(t, new Happened(organization, ActivityType.BILLING, "invoice voided")
            {
                StorefrontId = moved.StorefrontId, ContactId = moved.ContactId, SubjectId = invoice, Actor = staff, Detail = InvoiceNumber.Of(moved.Number),
            });
            return true;
        }, cancel);
    }
}

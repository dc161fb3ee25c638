using Latchkey.Features.Invoices;
using Latchkey.Platform;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Data;

namespace Latchkey.Features.Payments;

/// <summary>Gives a customer money back, all or a part. It leaves within seconds, by the way it came.</summary>
public sealed class RefundInvoice(Database database, RequestRefund requestRefund, ActivityLog activity, MoneySignal signal)
{
    /// <param name="organization">The organization.</param>
    /// <param name="invoice">A paid invoice.</param>
    /// <param name="amount">Minor units; null: all that is left.</param>
    /// <param name="reason">Why.</param>
    /// <param name="staff">Who gives it back.</param>
    /// <returns>False when it is not paid, or so much of it is not left.</returns>
    public async Task<bool> RunAsync(Guid organization, Invoice invoice, long? amount, string reason, string staff)
    {
        bool asked = await database.WriteAsync(async t =>
        {
            if (!await requestRefund.InTransactionAsync(t, organization, invoice.Id, amount, reason, staff)) return false;
            await activity.AppendAsync(t, new Happened(organization, ActivityType.BILLING, "refund asked for")
            {
                StorefrontId = invoice.StorefrontId, ContactId = invoice.ContactId, SubjectId = invoice.Id, Actor = staff,
                Detail = $"{invoice.Name}, {(amount is { } part ? new Money(part, invoice.Currency) : invoice.Sum)}: {reason}",
            });
            return true;
        });
        if (asked) signal.Set();
        return asked;
    }
}

using Latchkey.Features.Invoices;
using Latchkey.Platform;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Data;
using Latchkey.Platform.Staff;

namespace Latchkey.Features.Payments;

/// <summary>Gives a customer money back, all or a part. It leaves within seconds, by the way it came, or when a second person has approved it.</summary>
public sealed class RefundInvoice(Database database, RequestRefund requestRefund, ActivityLog activity, MoneySignal signal)
{
    /// <param name="organization">The organization.</param>
    /// <param name="invoice">A paid invoice.</param>
    /// <param name="amount">Minor units; null: all that is left.</param>
    /// <param name="reason">Why.</param>
    /// <param name="staff">Who gives it back.</param>
    public async Task<RefundStart> RunAsync(Guid organization, Invoice invoice, long? amount, string reason, StaffUser staff)
    {
        var start = await database.WriteAsync(async t =>
        {
            var asked = await requestRefund.InTransactionAsync(t, organization, invoice.Id, amount, reason, staff);
            if (asked == RefundStart.Refused) return asked;
            await activity.AppendAsync(t, new Happened(organization, ActivityType.BILLING, "refund asked for")
            {
                StorefrontId = invoice.StorefrontId, ContactId = invoice.ContactId, SubjectId = invoice.Id, Actor = staff.Name,
                Detail = $"{invoice.Name}, {(amount is { } part ? new Money(part, invoice.Currency) : invoice.Sum)}: {reason}",
            });
            return asked;
        });
        if (start == RefundStart.Sent) signal.Set();
        return start;
    }
}

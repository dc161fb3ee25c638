using Dapper;
using Latchkey.Features.Invoices;
using Latchkey.Platform.Data;
using Latchkey.Platform.Mail;

namespace Latchkey.Features.Payments;

/// <summary>Records a payment that came another way: cash, a cheque, a transfer. An open checkout for the invoice is ended first.</summary>
public sealed class RecordPayment(Database database, EndCheckout endCheckout, WriteSettlement write, Outbox outbox, TimeProvider clock)
{
    public static IReadOnlyList<string> Ways { get; } = ["cash", "cheque", "transfer", "other"];

    /// <param name="organization">The organization.</param>
    /// <param name="invoice">The invoice, which is paid in full.</param>
    /// <param name="way">One of <see cref="Ways"/>.</param>
    /// <param name="staff">Who records it.</param>
    /// <param name="cancel">Stops the waiting for the provider.</param>
    /// <returns>False when it is not due, or another payment of it is under way.</returns>
    public async Task<bool> RunAsync(Guid organization, Invoice invoice, string way, string staff, CancellationToken cancel)
    {
        if (!invoice.IsDue || !await endCheckout.OfInvoiceAsync(organization, invoice.Id, cancel, isDecided: true)) return false;
        var written = await database.WriteAsync(async t =>
        {
            var now = clock.GetUtcNow();
            var payment = Guid.CreateVersion7(now);
            await t.Connection!.ExecuteAsync(PaymentSql.Create, new
            {
                OrganizationId = organization, Id = payment, invoice.StorefrontId, AccountId = (Guid?)null, invoice.ContactId, Kind = "offline", State = "starting", Amount = invoice.Total, invoice.Currency,
                Provider = "offline", CustomerId = (string?)null, MethodId = (string?)null, KeepsMethod = false, Actor = staff, PaidBy = way, now,
                ExpiresAt = (DateTimeOffset?)null, SettledAt = (DateTimeOffset?)null, LookAt = (DateTimeOffset?)null,
            }, t);
            if (await t.Connection!.ExecuteAsync(PaymentSql.Take, new { organization, payment, invoice = invoice.Id, amount = invoice.Total, live = true }, t) > 0)
                return await write.PaidAsync(t, organization, payment, null, way, null, staff);
            await t.Connection!.ExecuteAsync(PaymentSql.Forget, new { organization, payment }, t);
            return null;
        }, cancel);
        if (written is not null) outbox.Announce(written);
        return written is not null;
    }
}

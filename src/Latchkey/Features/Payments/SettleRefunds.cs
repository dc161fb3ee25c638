using Dapper;
using Latchkey.Features.Invoices;
using Latchkey.Platform;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Data;
using Latchkey.Platform.Mail.Providers;
using Latchkey.Platform.Payments;

namespace Latchkey.Features.Payments;

/// <summary>
/// Makes what is written of a payment's refunds what the provider has. A refund may fail days after it was sent, even one that had gone
/// through: then the invoice is as it was before, the money can be given back another way, and staff see why.
/// </summary>
public sealed class SettleRefunds(Database database, StripeApi stripe, WriteRefunds write, ActivityLog activity, TimeProvider clock)
{
    /// <param name="account">The account at the provider.</param>
    /// <param name="payment">The payment.</param>
    /// <param name="intent">What the provider has of it.</param>
    /// <param name="cancel">Stops the waiting.</param>
    /// <returns>False when the provider can't say.</returns>
    public async Task<bool> RunAsync(PaymentAccount account, PaymentRow payment, StripeIntent? intent, CancellationToken cancel)
    {
        if (intent is null) return true;
        var of = new { organization = payment.OrganizationId, id = payment.Id };
        var (made, looks) = await database.ReadAsync(async c => ((await c.QueryAsync<Made>(RefundSql.Made, of)).AsList(), await c.ExecuteScalarAsync<long>(RefundSql.Looks, of)), cancel);
        // Once there was a refund, none can also mean that it failed.
        if (made.Count == 0 && looks == 0 && intent.Charge is not { Refunded: > 0 }) return true;
        long look = await write.LookAsync(payment);
        var answer = await stripe.GetAsync(account, $"/v1/refunds?payment_intent={Uri.EscapeDataString(intent.Id)}&limit=100", cancel);
        if (!answer.IsYes) return false;
        var there = answer.Json["data"].Items.Select(StripeRefund.Read).OfType<StripeRefund>().ToList();
        foreach (var refund in made)
            if (there.Find(r => r.Id == refund.RefundId) is { } found) await NoteAsync(payment, refund, found);
        await write.RunAsync(payment, [.. there.Where(r => !r.IsGone)], look);
        return true;
    }

    private async Task NoteAsync(PaymentRow payment, Made refund, StripeRefund found)
    {
        var (organization, now) = (payment.OrganizationId, clock.GetUtcNow());
        if (found.IsDone) await database.WriteAsync(t => t.Connection!.ExecuteAsync(RefundSql.Done, new { organization, refund.Id, now }, t), CancellationToken.None);
        if (!found.IsGone) return;
        await database.WriteAsync(async t =>
        {
            if (await t.Connection!.ExecuteAsync(RefundSql.Failed, new { organization, refund.Id, problem = found.Failure ?? found.Status, now }, t) == 0) return;
            await t.Connection!.ExecuteAsync(RefundSql.TakeBack, new { payment.OrganizationId, PaymentId = payment.Id, refund.InvoiceId, refund.Amount }, t);
            await MoveInvoice.NotRefundedAsync(t, organization, refund.InvoiceId, refund.Amount);
            await activity.AppendAsync(t, new Happened(organization, ActivityType.BILLING, "refund failed")
            {
                StorefrontId = payment.StorefrontId,
                ContactId = payment.ContactId,
                SubjectId = refund.InvoiceId,
                Detail = $"{new Money(refund.Amount, payment.Currency)}, {found.Failure ?? found.Status}",
            });
        }, CancellationToken.None);
    }

    private sealed record Made
    {
        public required Guid Id { get; init; }
        public required Guid InvoiceId { get; init; }
        public required long Amount { get; init; }
        public required string RefundId { get; init; }
    }
}

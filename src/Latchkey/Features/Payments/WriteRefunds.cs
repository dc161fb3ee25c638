using System.Data.Common;
using Dapper;
using Latchkey.Features.Invoices;
using Latchkey.Platform;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Data;
using Latchkey.Platform.Payments;

namespace Latchkey.Features.Payments;

/// <summary>Writes down how much of a payment has gone back, in all and of each invoice: what we asked for, and what somebody gave back at the provider itself.</summary>
public sealed class WriteRefunds(Database database, ActivityLog activity)
{
    /// <summary>To be called before the provider is asked: whoever looks later knows better.</summary>
    public Task<long> LookAsync(PaymentRow payment) => database.WriteAsync(
        t => t.Connection!.ExecuteScalarAsync<long>(RefundSql.Look, new { organization = payment.OrganizationId, id = payment.Id }, t), CancellationToken.None);

    /// <param name="payment">The payment.</param>
    /// <param name="there">What the provider has of refunds that stand; none of a payment that it knows nothing of.</param>
    /// <param name="look">The number of the look that found them.</param>
    public Task RunAsync(PaymentRow payment, IReadOnlyList<StripeRefund> there, long look) => database.WriteAsync(async t =>
    {
        var (organization, id) = (payment.OrganizationId, payment.Id);
        if (await t.Connection!.ExecuteAsync(RefundSql.HoldPayment, new { organization, id, look }, t) == 0) return;
        // Nobody asks for a refund, or takes one back, until this is over.
        await t.Connection!.ExecuteAsync(RefundSql.HoldParts, new { organization, id }, t);
        var parts = (await t.Connection!.QueryAsync<Part>(RefundSql.Parts, new { organization, id }, t)).AsList();
        var own = (await t.Connection!.QueryAsync<Own>(RefundSql.Own, new { organization, id }, t)).AsList();
        long total = 0, elsewhere = there.Where(r => !own.Exists(o => o.IsThat(r))).Sum(r => r.Amount);
        foreach (var part in parts)
        {
            var asked = own.Where(o => o.InvoiceId == part.InvoiceId).ToList();
            // One that is queued may be there already: its answer was lost.
            long sent = asked.Where(o => o.State is not (RefundState.Asked or RefundState.Queued) || there.Any(o.IsThat)).Sum(o => o.Amount);
            long share = Math.Clamp(part.Amount - asked.Sum(o => o.Amount), 0, elsewhere);
            elsewhere -= share;
            total += sent + share;
            await t.Connection!.ExecuteAsync(RefundSql.GivenBack, new { organization, id, invoice = part.InvoiceId, given = asked.Sum(o => o.Amount) + share }, t);
            await NoteAsync(t, payment, part, Math.Clamp(part.Total - part.Kept - (part.Amount - sent - share), 0, part.Total));
        }
        await t.Connection!.ExecuteAsync(RefundSql.OfPayment, new { organization, id, refunded = total + elsewhere }, t);
    }, CancellationToken.None);

    private async Task NoteAsync(DbTransaction transaction, PaymentRow payment, Part part, long refunded)
    {
        if (!await MoveInvoice.RefundedAsync(transaction, payment.OrganizationId, part.InvoiceId, refunded)) return;
        bool isMore = refunded > part.Refunded;
        await activity.AppendAsync(transaction, new Happened(payment.OrganizationId, ActivityType.BILLING, isMore ? "invoice refunded" : "refund failed")
        {
            StorefrontId = payment.StorefrontId,
            ContactId = payment.ContactId,
            SubjectId = part.InvoiceId,
            Detail = new Money(isMore ? refunded : part.Refunded - refunded, payment.Currency).ToString(),
        });
    }

    private sealed record Part
    {
        public required Guid InvoiceId { get; init; }
        public required long Amount { get; init; }
        public required long Total { get; init; }
        /// <summary>Of the invoice, as it was written before.</summary>
        public required long Refunded { get; init; }
        /// <summary>What other payments of the invoice brought and keep: an invoice that was paid twice is still paid when one of them goes back.</summary>
        public required long Kept { get; init; }
    }

    /// <summary>A refund that was asked for here, and did not fail.</summary>
    private sealed record Own
    {
        public required Guid Id { get; init; }
        public required Guid InvoiceId { get; init; }
        public required long Amount { get; init; }
        public required RefundState State { get; init; }
        public string? RefundId { get; init; }

        public bool IsThat(StripeRefund there) => there.Id == RefundId || there.Ours == Id.ToString();
    }
}

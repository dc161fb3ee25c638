using System.Data.Common;
using Dapper;

namespace Latchkey.Features.Payments;

/// <summary>Gives money back: written down in the transaction of its cause, sent to the provider soon after, and once.</summary>
public sealed class RequestRefund(TimeProvider clock)
{
    /// <param name="transaction">The transaction of its cause. After the commit it leaves within seconds.</param>
    /// <param name="organization">The organization.</param>
    /// <param name="invoice">A paid invoice.</param>
    /// <param name="amount">Minor units; null: all that was not given back yet.</param>
    /// <param name="reason">Why, for the record.</param>
    /// <param name="staff">Who of the staff gives it back; null: the system.</param>
    /// <returns>False when it is not paid, or so much of it is not left.</returns>
    public async Task<bool> InTransactionAsync(DbTransaction transaction, Guid organization, Guid invoice, long? amount, string reason, string? staff)
    {
        if (await transaction.Connection!.QuerySingleOrDefaultAsync<Part>(RefundSql.Refundable, new { organization, invoice }, transaction) is not { } part) return false;
        var (wanted, now) = (amount ?? part.Amount - part.GivenBack, clock.GetUtcNow());
        var refund = new { organization, id = Guid.CreateVersion7(now), part.PaymentId, invoice, part.GivenBack, amount = wanted, reason, staff, now };
        if (wanted < 1 || await transaction.Connection!.ExecuteAsync(RefundSql.Count, refund, transaction) == 0) return false;
        await transaction.Connection!.ExecuteAsync(RefundSql.Request, refund, transaction);
        return true;
    }

    /// <summary>Gives back what a payment brought for an invoice that needed it no more.</summary>
    internal async Task OfPaymentAsync(DbTransaction transaction, Guid organization, Guid payment, Guid invoice, long amount, string reason)
    {
        var now = clock.GetUtcNow();
        var refund = new { organization, id = Guid.CreateVersion7(now), PaymentId = payment, invoice, GivenBack = 0L, amount, reason, staff = (string?)null, now };
        if (await transaction.Connection!.ExecuteAsync(RefundSql.Count, refund, transaction) > 0) await transaction.Connection!.ExecuteAsync(RefundSql.Request, refund, transaction);
    }

    private sealed record Part
    {
        public required Guid PaymentId { get; init; }
        public required long Amount { get; init; }
        public required long GivenBack { get; init; }
    }
}

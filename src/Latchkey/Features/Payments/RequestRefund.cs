using System.Data.Common;
using Dapper;
using Latchkey.Platform.Staff;

namespace Latchkey.Features.Payments;

/// <summary>
/// Gives money back: written down in the transaction of its cause, sent to the provider soon after, and once. What staff ask for above the
/// organization's limit waits for a second person; the sum is set aside meanwhile.
/// </summary>
public sealed class RequestRefund(TimeProvider clock)
{
    /// <summary>A second person has as long as for any other approval.</summary>
    public static readonly TimeSpan WaitsFor = TimeSpan.FromDays(7);

    /// <param name="transaction">The transaction of its cause. After the commit it leaves within seconds.</param>
    /// <param name="organization">The organization.</param>
    /// <param name="invoice">A paid invoice.</param>
    /// <param name="amount">Minor units; null: all that was not given back yet.</param>
    /// <param name="reason">Why, for the record.</param>
    /// <param name="staff">Who of the staff gives it back; null: the system, which no limit holds up.</param>
    public async Task<RefundStart> InTransactionAsync(DbTransaction transaction, Guid organization, Guid invoice, long? amount, string reason, StaffUser? staff)
    {
        if (await transaction.Connection!.QuerySingleOrDefaultAsync<Part>(RefundSql.Refundable, new { organization, invoice }, transaction) is not { } part) return RefundStart.Refused;
        long wanted = amount ?? part.Amount - part.GivenBack;
        var limit = staff is null ? null : await transaction.Connection!.QuerySingleOrDefaultAsync<RefundLimit?>(RefundSql.Limit, new { organization }, transaction);
        bool waits = limit?.IsExceededBy(part.GivenBack + wanted, part.Currency) == true;
        return wanted > 0 && await WriteAsync(transaction, organization, part.PaymentId, invoice, part.GivenBack, wanted, reason, staff, waits)
            ? waits ? RefundStart.Waits : RefundStart.Sent : RefundStart.Refused;
    }

    /// <summary>Gives back what a payment brought for an invoice that needed it no more.</summary>
    internal Task OfPaymentAsync(DbTransaction transaction, Guid organization, Guid payment, Guid invoice, long amount, string reason) =>
        WriteAsync(transaction, organization, payment, invoice, 0, amount, reason, staff: null, waits: false);

    /// <returns>False when so much of it is not left.</returns>
    private async Task<bool> WriteAsync(DbTransaction transaction, Guid organization, Guid payment, Guid invoice, long givenBack, long amount, string reason, StaffUser? staff, bool waits)
    {
        var now = clock.GetUtcNow();
        var refund = new
        {
            organization, id = Guid.CreateVersion7(now), PaymentId = payment, invoice, GivenBack = givenBack, amount, reason, staff = staff?.Name, askedBy = staff?.AccountId, now,
            state = waits ? "asked" : "queued", dueAt = waits ? now + WaitsFor : now,
        };
        if (await transaction.Connection!.ExecuteAsync(RefundSql.Count, refund, transaction) == 0) return false;
        await transaction.Connection!.ExecuteAsync(RefundSql.Request, refund, transaction);
        return true;
    }

    private sealed record Part
    {
        public required Guid PaymentId { get; init; }
        public required long Amount { get; init; }
        public required long GivenBack { get; init; }
        public required string Currency { get; init; }
    }
}

/// <summary>What came of asking for a refund.</summary>
public enum RefundStart
{
    /// <summary>It leaves within seconds.</summary>
    Sent,
    /// <summary>A second person has to approve it.</summary>
    Waits,
    /// <summary>The invoice is not paid, or so much of it is not left.</summary>
    Refused,
}

using System.Data.Common;
using Dapper;
using Latchkey.Platform;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Data;
using Latchkey.Platform.Staff;
using Latchkey.Platform.Tenancy;

namespace Latchkey.Features.Payments;

/// <summary>The second person's word about a refund, or that nobody gave it in time. Nobody approves their own; whoever asked may withdraw it.</summary>
public sealed class DecideRefund(Database database, ActivityLog activity, MoneySignal signal, TimeProvider clock)
{
    /// <param name="by">Who decides: somebody who may act.</param>
    /// <param name="id">The refund.</param>
    /// <param name="approves">Or declines.</param>
    /// <param name="cancel">Cancels the work.</param>
    public async Task<RefundDecision> RunAsync(StaffUser by, Guid id, bool approves, CancellationToken cancel)
    {
        var decided = await database.WriteAsync(t => DecideAsync(t, by, id, approves), cancel);
        if (decided == RefundDecision.Approved) signal.Set();
        return decided;
    }

    /// <summary>Nobody has decided within a week: the sum is free again.</summary>
    internal Task ExpireAsync(Guid organization, Guid id) => database.WriteAsync(async t =>
    {
        if (await FindAsync(t, organization, id) is { } refund) await CloseAsync(t, organization, refund, "expired", null);
    });

    private async Task<RefundDecision> DecideAsync(DbTransaction transaction, StaffUser by, Guid id, bool approves)
    {
        if (await FindAsync(transaction, by.OrganizationId, id) is not { } refund) return RefundDecision.Unknown;
        if (refund.State != RefundState.Asked) return RefundDecision.Over;
        if (!approves) return await CloseAsync(transaction, by.OrganizationId, refund, "declined", by.Name) ? RefundDecision.Declined : RefundDecision.Over;
        if (refund.AskedBy == by.AccountId) return RefundDecision.Own;
        var asker = new { organization = by.OrganizationId, refund.AskedBy, installation = ConsoleRealm.Installation };
        if (await transaction.Connection!.ExecuteScalarAsync<int?>(RefundSql.MayAsk, asker, transaction) is null) return RefundDecision.AskerLeft;
        if (await transaction.Connection!.ExecuteAsync(RefundSql.Approve, new { organization = by.OrganizationId, id, by = by.Name, now = clock.GetUtcNow() }, transaction) == 0) return RefundDecision.Over;
        await NoteAsync(transaction, by.OrganizationId, refund, "refund approved", by.Name);
        return RefundDecision.Approved;
    }

    private async Task<bool> CloseAsync(DbTransaction transaction, Guid organization, Row refund, string state, string? by)
    {
        if (await transaction.Connection!.ExecuteAsync(RefundSql.Close, new { organization, refund.Id, state, by, now = clock.GetUtcNow() }, transaction) == 0) return false;
        await transaction.Connection!.ExecuteAsync(RefundSql.TakeBack, new { OrganizationId = organization, refund.PaymentId, refund.InvoiceId, refund.Amount }, transaction);
        await NoteAsync(transaction, organization, refund, $"refund {state}", by);
        return true;
    }

    private Task NoteAsync(DbTransaction transaction, Guid organization, Row refund, string what, string? by) => activity.AppendAsync(transaction, new Happened(organization, ActivityType.BILLING, what)
    {
        StorefrontId = refund.StorefrontId,
        ContactId = refund.ContactId,
        SubjectId = refund.InvoiceId,
        Actor = by,
        Detail = $"{new Money(refund.Amount, refund.Currency)}, requested by {refund.Actor}",
    });

    private static Task<Row?> FindAsync(DbTransaction transaction, Guid organization, Guid id) =>
        transaction.Connection!.QuerySingleOrDefaultAsync<Row?>(RefundSql.Asked, new { organization, id }, transaction);

    private sealed record Row
    {
        public required Guid Id { get; init; }
        public required Guid PaymentId { get; init; }
        public required Guid InvoiceId { get; init; }
        public required Guid StorefrontId { get; init; }
        public required Guid ContactId { get; init; }
        public required long Amount { get; init; }
        public required string Currency { get; init; }
        public required RefundState State { get; init; }
        public string? Actor { get; init; }
        public Guid? AskedBy { get; init; }
    }
}

public enum RefundDecision
{
    Approved,
    Declined,
    Unknown,
    /// <summary>Decided already, or expired.</summary>
    Over,
    /// <summary>Whoever asked does not approve.</summary>
    Own,
    /// <summary>Whoever asked may no longer ask.</summary>
    AskerLeft,
}

using Dapper;
using Latchkey.Features.Invoices;
using Latchkey.Platform;
using Latchkey.Platform.Data;

namespace Latchkey.Features.Payments;

/// <summary>Payments as the console shows them.</summary>
public sealed class ListPayments(Database database)
{
    public const int PageSize = 50;

    public Task<IReadOnlyList<ListedPayment>> OfInvoiceAsync(Guid organization, Guid invoice, CancellationToken cancel) => database.ReadAsync<IReadOnlyList<ListedPayment>>(async c =>
        (await c.QueryAsync<ListedPayment>(new CommandDefinition(PaymentListSql.OfInvoice, new { organization, invoice }, cancellationToken: cancel))).AsList(), cancel);

    public Task<IReadOnlyList<ListedRefund>> RefundsAsync(Guid organization, Guid invoice, CancellationToken cancel) => database.ReadAsync<IReadOnlyList<ListedRefund>>(async c =>
        (await c.QueryAsync<ListedRefund>(new CommandDefinition(RefundSql.List, new { organization, invoice }, cancellationToken: cancel))).AsList(), cancel);

    /// <summary>Refunds that wait for a second person, the newest first.</summary>
    public Task<IReadOnlyList<WaitingRefund>> WaitingRefundsAsync(Guid organization, CancellationToken cancel) => database.ReadAsync<IReadOnlyList<WaitingRefund>>(async c =>
        (await c.QueryAsync<WaitingRefund>(new CommandDefinition(RefundSql.Waiting, new { organization }, cancellationToken: cancel))).AsList(), cancel);

    public Task<int> CountWaitingRefundsAsync(Guid organization, CancellationToken cancel) =>
        database.ReadAsync(c => c.ExecuteScalarAsync<int>(new CommandDefinition(RefundSql.CountWaiting, new { organization }, cancellationToken: cancel)), cancel);

    /// <param name="organization">The organization.</param>
    /// <param name="state">A state in lower case, suspect or disputed; null: all.</param>
    /// <param name="after">The last one of the page before.</param>
    /// <param name="cancel">Cancels the reading.</param>
    /// <returns>One more than a page when there are more.</returns>
    public Task<IReadOnlyList<ListedPayment>> FindAsync(Guid organization, string? state, Guid? after, CancellationToken cancel) => database.ReadAsync<IReadOnlyList<ListedPayment>>(async c =>
        (await c.QueryAsync<ListedPayment>(new CommandDefinition(PaymentListSql.Find, new { organization, state = state ?? "", after = after ?? TimeIds.After, most = PageSize + 1, yes = true }, cancellationToken: cancel))).AsList(), cancel);
}

public sealed record ListedPayment
{
    public required Guid Id { get; init; }
    public required Guid ContactId { get; init; }
    public required string FullName { get; init; }
    public required string Kind { get; init; }
    public required PaymentState State { get; init; }
    public required long Amount { get; init; }
    public required string Currency { get; init; }
    public required long Refunded { get; init; }
    public required string Provider { get; init; }
    public string? PaidBy { get; init; }
    public string? MethodName { get; init; }
    public string? Reason { get; init; }
    public required bool Suspect { get; init; }
    public string? Actor { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? SettledAt { get; init; }
    /// <summary>The provider's word for how far the newest dispute is; null: nobody disputes it.</summary>
    public string? DisputeState { get; init; }
    public long? DisputeAmount { get; init; }
    public DateTimeOffset? AnswerBy { get; init; }

    public Money Sum => new(Amount, Currency);
}

/// <summary>Money that was given back, or is to be.</summary>
public sealed record ListedRefund
{
    public required Guid Id { get; init; }
    public required long Amount { get; init; }
    public required string Reason { get; init; }
    public required RefundState State { get; init; }
    /// <summary>Why it failed, in the provider's words.</summary>
    public string? Problem { get; init; }
    public string? Actor { get; init; }
    public Guid? AskedBy { get; init; }
    /// <summary>Who approved or declined it.</summary>
    public string? DecidedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    /// <summary>Of one that waits: until when.</summary>
    public DateTimeOffset? DueAt { get; init; }
}

/// <summary>A refund above the limit that nobody has decided about.</summary>
public sealed record WaitingRefund
{
    public required Guid Id { get; init; }
    public required Guid InvoiceId { get; init; }
    public required long Amount { get; init; }
    public required string Currency { get; init; }
    public required long Number { get; init; }
    public string? Reference { get; init; }
    public required string FullName { get; init; }
    public string? Actor { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    public Money Sum => new(Amount, Currency);
    public string Invoice => InvoiceNumber.Of(Number, Reference);
}

public enum RefundState
{
    /// <summary>A second person has to approve it.</summary>
    Asked,
    Queued,
    /// <summary>A bank works on it.</summary>
    Pending,
    Done,
    Failed,
    /// <summary>The second person said no, or whoever asked has withdrawn it.</summary>
    Declined,
    /// <summary>Nobody has decided in time.</summary>
    Expired,
}

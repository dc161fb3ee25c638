using Dapper;
using Latchkey.Platform;
using Latchkey.Platform.Data;

namespace Latchkey.Features.Payments;

/// <summary>Payments as the console shows them.</summary>
public sealed class ListPayments(Database database)
{
    public const int PageSize = 50;

    public Task<IReadOnlyList<ListedPayment>> OfInvoiceAsync(Guid organization, Guid invoice, CancellationToken cancel) => database.ReadAsync<IReadOnlyList<ListedPayment>>(async c =>
        (await c.QueryAsync<ListedPayment>(new CommandDefinition(PaymentListSql.OfInvoice, new { organization, invoice }, cancellationToken: cancel))).AsList(), cancel);

    /// <param name="organization">The organization.</param>
    /// <param name="state">A state in lower case, or suspect; null: all.</param>
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

    public Money Sum => new(Amount, Currency);
}

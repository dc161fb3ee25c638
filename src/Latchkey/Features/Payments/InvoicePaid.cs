using System.Data.Common;

namespace Latchkey.Features.Payments;

/// <summary>What follows from an invoice being paid. Every one that is registered is called once for an invoice, in the transaction that marks it paid.</summary>
/// <remarks>It does database work only, and may run again after a conflict.</remarks>
public delegate Task InvoicePaid(DbTransaction transaction, PaidInvoice invoice);

/// <summary>An invoice that has just been paid.</summary>
public sealed record PaidInvoice
{
    public required Guid OrganizationId { get; init; }
    public required Guid StorefrontId { get; init; }
    public required Guid InvoiceId { get; init; }
    public required Guid PaymentId { get; init; }
    public required Guid ContactId { get; init; }
    public Guid? SubscriptionId { get; init; }
    public Guid? SignUpId { get; init; }
    public required long Number { get; init; }
    public required long Total { get; init; }
    public required string Currency { get; init; }
}

namespace Latchkey.Features.Invoices;

/// <summary>An invoice that a statement has just moved to another state.</summary>
public sealed record InvoiceMoved
{
    public required Guid InvoiceId { get; init; }
    public required Guid StorefrontId { get; init; }
    public required Guid ContactId { get; init; }
    public Guid? SubscriptionId { get; init; }
    public Guid? SignUpId { get; init; }
    public required long Number { get; init; }
    public string? Reference { get; init; }
    public required long Total { get; init; }
    public required string Currency { get; init; }
}

namespace Latchkey.Features.Payments;

/// <summary>A payment as it is stored.</summary>
public sealed record PaymentRow
{
    public required Guid OrganizationId { get; init; }
    public required Guid Id { get; init; }
    public required Guid StorefrontId { get; init; }
    public Guid? AccountId { get; init; }
    public required Guid ContactId { get; init; }
    public required string Kind { get; init; }
    public required PaymentState State { get; init; }
    public required long Amount { get; init; }
    public required string Currency { get; init; }
    public required string Provider { get; init; }
    public string? CustomerId { get; init; }
    public string? CheckoutId { get; init; }
    public string? IntentId { get; init; }
    public string? MethodId { get; init; }
    public required bool KeepsMethod { get; init; }
    public string? Address { get; init; }
    public required bool Suspect { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }
    public DateTimeOffset? LookAt { get; init; }
}

/// <summary>How far a payment is.</summary>
public enum PaymentState
{
    /// <summary>Asked for; the provider has not answered yet.</summary>
    Starting,
    /// <summary>The customer may pay.</summary>
    Open,
    /// <summary>The bank works on it, for days.</summary>
    Processing,
    Paid,
    Failed,
    Ended,
}

/// <summary>What names a payment.</summary>
public sealed record PaymentName
{
    public required Guid OrganizationId { get; init; }
    public required Guid Id { get; init; }
}

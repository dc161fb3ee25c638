namespace Latchkey.Features.Payments;

/// <summary>A card or a bank account that is on file.</summary>
public sealed record KeptMethod
{
    public required Guid Id { get; init; }
    public required Guid CustomerId { get; init; }
    /// <summary>The provider's name for it.</summary>
    public required string MethodId { get; init; }
    public required string Type { get; init; }
    public string? Brand { get; init; }
    public string? Bank { get; init; }
    public string? Last4 { get; init; }
    public int? ExpMonth { get; init; }
    public int? ExpYear { get; init; }
    public required MethodState State { get; init; }
    public required bool IsDefault { get; init; }
    /// <summary>Where the customer confirms the two small deposits.</summary>
    public string? VerifyUrl { get; init; }
    public DateTimeOffset? VerifyBy { get; init; }
    public string Provider { get; init; } = "";
    public string CustomerName { get; init; } = "";

    public string Name => MethodNames.Of(Type, Brand, Bank, Last4);

    public bool IsCard => Type == "card";
}

public enum MethodState
{
    Active,
    /// <summary>Two small deposits are on their way to it.</summary>
    Pending,
    Failed,
    /// <summary>The customer took the permission back at the bank.</summary>
    Revoked,
    Removed,
}

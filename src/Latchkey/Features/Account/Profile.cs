namespace Latchkey.Features.Account;

/// <summary>What the portal knows of a customer: the account's own details, or those of its first contact while it has none.</summary>
public sealed record Profile
{
    public required Guid Id { get; init; }
    public required string Email { get; init; }
    public string? FullName { get; init; }
    public string? Phone { get; init; }
    /// <summary>Null: the storefront's language.</summary>
    public string? Locale { get; init; }
}

namespace Latchkey.Features.Contacts;

/// <summary>A contact in the list.</summary>
public sealed record ContactRow
{
    public required Guid Id { get; init; }
    public required string FullName { get; init; }
    public string? Email { get; init; }
    public string? Phone { get; init; }
    public required string Storefront { get; init; }
    public string? Facility { get; init; }
    public Guid? AccountId { get; init; }
    /// <summary>unproven, proven, disabled; null: there is no account.</summary>
    public string? AccountState { get; init; }
    public DateTimeOffset? LastSignedInAt { get; init; }
    /// <summary>Why nothing is mailed to the address; null when it may be.</summary>
    public string? SuppressedFor { get; init; }
}

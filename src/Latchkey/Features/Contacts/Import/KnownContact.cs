namespace Latchkey.Features.Contacts.Import;

/// <summary>A contact as the database has it, or will have it after this batch.</summary>
internal sealed record KnownContact
{
    public required Guid Id { get; init; }
    public Guid? FacilityId { get; init; }
    public string? ExternalId { get; init; }
    public required string FullName { get; init; }
    public string? Email { get; init; }
    public string? Phone { get; init; }
    public string? Locale { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    /// <summary>Of the version that was read.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
    /// <summary>How many accounts show it.</summary>
    public long Links { get; init; }
    public bool IsLinked => Links > 0;
    /// <summary>How many accounts that it has, or that have its address, were once signed in to or were disabled.</summary>
    public long SettledAccounts { get; init; }
}

internal sealed record KnownAccount
{
    public required Guid Id { get; init; }
    public required string Email { get; init; }
    public required string State { get; init; }
}

internal sealed record KnownFacility
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
}

internal sealed record KnownUnitType
{
    public required Guid Id { get; init; }
    public required Guid FacilityId { get; init; }
    public required string Name { get; init; }
    public required long Price { get; init; }
    public required string Currency { get; init; }
}

internal sealed record KnownUnit
{
    public required Guid Id { get; init; }
    public required Guid FacilityId { get; init; }
    public required string Number { get; init; }
    public required string State { get; init; }
    public required Guid UnitTypeId { get; init; }
    /// <summary>Who rents it now.</summary>
    public Guid? HolderId { get; init; }
}

internal sealed record KnownSubscription
{
    public required Guid ContactId { get; init; }
    public required Guid FacilityId { get; init; }
    public required string Name { get; init; }
    public Guid? UnitId { get; init; }
    public required string StartedOn { get; init; }
    public string? EndedOn { get; init; }
}

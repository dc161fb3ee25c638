using Dapper;
using Latchkey.Platform.Data;

namespace Latchkey.Features.Facilities;

/// <summary>The locations of an organization, by storefront and name.</summary>
public sealed class FacilitiesOfOrganization(Database database)
{
    public Task<IReadOnlyList<FacilityOfOrganization>> ListAsync(Guid organizationId, CancellationToken cancel) => database.ReadAsync<IReadOnlyList<FacilityOfOrganization>>(async c =>
        (await c.QueryAsync<FacilityOfOrganization>(new CommandDefinition(FacilitySql.All, new { organizationId }, cancellationToken: cancel))).AsList(), cancel);
}

public sealed record FacilityOfOrganization
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public string? Address { get; init; }
    public required Guid StorefrontId { get; init; }
    public required string Storefront { get; init; }
}

using Dapper;
using Latchkey.Platform;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;

namespace Latchkey.Features.Units;

/// <summary>What an organization has to rent out, and how much of it is taken.</summary>
public sealed class Stock(Database database, TimeProvider clock)
{
    public const int PageSize = 50;

    public Task<IReadOnlyList<StockType>> AllAsync(Guid organizationId, CancellationToken cancel) => database.ReadAsync<IReadOnlyList<StockType>>(async c =>
        (await c.QueryAsync<StockType>(new CommandDefinition(StockSql.All, new { organizationId, now = clock.GetUtcNow() }, cancellationToken: cancel))).AsList(), cancel);

    public Task<StockType?> FindAsync(Guid organizationId, Guid id, CancellationToken cancel) => database.ReadAsync(c =>
        c.QuerySingleOrDefaultAsync<StockType>(new CommandDefinition(StockSql.One, new { organizationId, id, now = clock.GetUtcNow() }, cancellationToken: cancel)), cancel);

    public Task<StockFacility?> FacilityAsync(Guid organizationId, Guid id, CancellationToken cancel) => database.ReadAsync(c =>
        c.QuerySingleOrDefaultAsync<StockFacility>(new CommandDefinition(StockSql.Facility, new { organizationId, id }, cancellationToken: cancel)), cancel);

    /// <param name="organizationId">The organization.</param>
    /// <param name="id">The type.</param>
    /// <param name="after">The number of the last one of the page before; empty: the first page.</param>
    /// <param name="cancel">Cancels the reading.</param>
    /// <returns>One more than a page has, when there are more.</returns>
    public Task<IReadOnlyList<StockUnit>> UnitsAsync(Guid organizationId, Guid id, string after, CancellationToken cancel) => database.ReadAsync<IReadOnlyList<StockUnit>>(async c =>
        (await c.QueryAsync<StockUnit>(new CommandDefinition(StockSql.Units, new { organizationId, id, after, now = clock.GetUtcNow(), most = PageSize + 1 }, cancellationToken: cancel))).AsList(), cancel);
}

/// <summary>A type of unit, or a plan.</summary>
public sealed record StockType
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public string? Description { get; init; }
    public required long Price { get; init; }
    public required string Currency { get; init; }
    public DateTimeOffset? RetiredAt { get; init; }
    public required Guid FacilityId { get; init; }
    public required string Facility { get; init; }
    public required string Storefront { get; init; }
    public required Vocabulary Vocabulary { get; init; }
    public required long Free { get; init; }
    public required long Held { get; init; }
    public required long Occupied { get; init; }
    public required long Closed { get; init; }

    public bool HasUnits => Vocabulary == Vocabulary.Rental;
    public long Units => Free + Held + Occupied + Closed;
    public Money Amount => new(Price, Currency);
}

public sealed record StockFacility
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required Vocabulary Vocabulary { get; init; }
    public required string Currency { get; init; }
}

public sealed record StockUnit
{
    public required Guid Id { get; init; }
    public required string Number { get; init; }
    public required string State { get; init; }
    public DateTimeOffset? HeldUntil { get; init; }
    public string? Holder { get; init; }
    public Guid? ContactId { get; init; }
}

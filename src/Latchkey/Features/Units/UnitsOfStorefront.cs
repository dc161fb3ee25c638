using Dapper;
using Latchkey.Platform;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;

namespace Latchkey.Features.Units;

/// <summary>The facilities of a storefront, their unit types and prices, and what is free.</summary>
public sealed class UnitsOfStorefront(Database database, TimeProvider clock)
{
    public async Task<IReadOnlyList<FacilityOffer>> FindAsync(Storefront storefront, CancellationToken cancel)
    {
        var rows = await database.ReadAsync(c => c.QueryAsync<Row>(
            new CommandDefinition(UnitSql.OfStorefront, new { storefront.OrganizationId, storefront.Id, now = clock.GetUtcNow() }, cancellationToken: cancel)), cancel);
        return [.. rows.GroupBy(r => r.FacilityId).Select(f => new FacilityOffer(f.First().Facility, f.First().Address, f.First().Phone,
            [.. f.Where(r => r.Type is not null).Select(r => r.ToOffer(storefront.Vocabulary))]))];
    }

    private sealed record Row
    {
        public required Guid FacilityId { get; init; }
        public required string Facility { get; init; }
        public string? Address { get; init; }
        public string? Phone { get; init; }
        public Guid? TypeId { get; init; }
        public string? Type { get; init; }
        public string? Description { get; init; }
        public long? Price { get; init; }
        public string? Currency { get; init; }
        public long Free { get; init; }

        public UnitTypeOffer ToOffer(Vocabulary vocabulary) =>
            new(TypeId!.Value, Type!, Description, new Money(Price!.Value, Currency!), vocabulary == Vocabulary.Rental ? (int)Free : null);
    }
}

public sealed record FacilityOffer(string Name, string? Address, string? Phone, IReadOnlyList<UnitTypeOffer> Types);

/// <param name="Free">How many are free; null for a plan, of which there are always more.</param>
public sealed record UnitTypeOffer(Guid Id, string Name, string? Description, Money Price, int? Free)
{
    public bool IsFull => Free == 0;
}

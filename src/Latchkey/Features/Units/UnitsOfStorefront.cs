using Dapper;
using Latchkey.Platform;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;

namespace Latchkey.Features.Units;

/// <summary>The facilities of a storefront, their unit types and prices, and what is free.</summary>
public sealed class UnitsOfStorefront(Database database)
{
    public async Task<IReadOnlyList<FacilityOffer>> FindAsync(Storefront storefront, CancellationToken cancel)
    {
        var rows = await database.ReadAsync(c => c.QueryAsync<Row>(
            new CommandDefinition(UnitSql.OfStorefront, new { storefront.OrganizationId, storefront.Id }, cancellationToken: cancel)), cancel);
        return [.. rows.GroupBy(r => r.FacilityId).Select(f => new FacilityOffer(f.First().Facility, f.First().Address, f.First().Phone,
            [.. f.Where(r => r.Type is not null).Select(r => new UnitTypeOffer(r.Type!, new Money(r.Price!.Value, r.Currency!), (int)r.Free))]))];
    }

    private sealed record Row
    {
        public required Guid FacilityId { get; init; }
        public required string Facility { get; init; }
        public string? Address { get; init; }
        public string? Phone { get; init; }
        public string? Type { get; init; }
        public long? Price { get; init; }
        public string? Currency { get; init; }
        public long Free { get; init; }
    }
}

public sealed record FacilityOffer(string Name, string? Address, string? Phone, IReadOnlyList<UnitTypeOffer> Types);

public sealed record UnitTypeOffer(string Name, Money Price, int Free);

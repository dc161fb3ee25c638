namespace Latchkey.Features.Units;

/// <summary>What a storefront offers.</summary>
internal static class UnitSql
{
    public const string OfStorefront = """
        select f.id as facility_id, f.name as facility, f.address, f.phone, t.id as type_id, t.name as type, t.description, t.price, t.currency,
          (select count(*) from unit u where u.organization_id = t.organization_id and u.unit_type_id = t.id and u.state = 'free'
            and (u.held_until is null or u.held_until <= @now)) as free
        from facility f
        left join unit_type t on t.organization_id = f.organization_id and t.facility_id = f.id and t.retired_at is null
        where f.organization_id = @OrganizationId and f.storefront_id = @Id
        order by f.name, t.price, t.name
        """;
}

namespace Latchkey.Features.Units;

/// <summary>The statements of the console's pages about units, and what they cost.</summary>
internal static class StockSql
{
    private const string Of = "select count(*) from unit u where u.organization_id = t.organization_id and u.unit_type_id = t.id and u.state";

    private const string Types = $"""
        select t.id, t.name, t.description, t.price, t.currency, t.retired_at, f.id as facility_id, f.name as facility, s.name as storefront, s.vocabulary,
          ({Of} = 'free' and (u.held_until is null or u.held_until <= @now)) as free,
          ({Of} = 'free' and u.held_until > @now) as held,
          ({Of} = 'occupied') as occupied,
          ({Of} = 'out_of_service') as closed
        from unit_type t
        join facility f on f.organization_id = t.organization_id and f.id = t.facility_id
        join storefront s on s.organization_id = f.organization_id and s.id = f.storefront_id
        where t.organization_id = @organizationId
        """;

    public const string All = $"{Types} order by s.name, f.name, f.id, t.price, t.name, t.id";

    public const string One = $"{Types} and t.id = @id";

    public const string Facility = """
        select f.id, f.name, s.vocabulary,
          coalesce((select t.currency from unit_type t where t.organization_id = f.organization_id and t.facility_id = f.id order by t.id limit 1),
            (select t.currency from unit_type t where t.organization_id = f.organization_id order by t.id limit 1), 'USD') as currency
        from facility f join storefront s on s.organization_id = f.organization_id and s.id = f.storefront_id
        where f.organization_id = @organizationId and f.id = @id
        """;

    public const string AddType = """
        insert into unit_type (organization_id, id, facility_id, name, description, price, currency)
        values (@organizationId, @id, @facilityId, @name, @description, @price, @currency)
        """;

    public const string ChangeType = """
        update unit_type set name = @name, description = @description, price = @price, retired_at = case when @offered then null else coalesce(retired_at, @now) end
        where organization_id = @organizationId and id = @id
        """;

    public const string Units = """
        select u.id, u.number, u.state, case when u.held_until > @now then u.held_until end as held_until,
          (select c.full_name from subscription s join contact c on c.organization_id = s.organization_id and c.id = s.contact_id
            where s.organization_id = u.organization_id and s.unit_id = u.id and s.ended_on is null limit 1) as holder,
          (select s.contact_id from subscription s where s.organization_id = u.organization_id and s.unit_id = u.id and s.ended_on is null limit 1) as contact_id
        from unit u where u.organization_id = @organizationId and u.unit_type_id = @id and u.number > @after
        order by u.number limit @most
        """;

    public const string AddUnit = """
        insert into unit (organization_id, id, facility_id, unit_type_id, number, state)
        select t.organization_id, @unitId, t.facility_id, t.id, @number, 'free' from unit_type t where t.organization_id = @organizationId and t.id = @id
        on conflict (organization_id, facility_id, number) do nothing
        """;

    /// <summary>Not what somebody rents, nor what somebody is about to.</summary>
    public const string Close = """
        update unit set state = 'out_of_service' where organization_id = @organizationId and id = @unitId and unit_type_id = @id and state = 'free'
          and (held_until is null or held_until <= @now)
        """;

    public const string Open = "update unit set state = 'free', held_by = null, held_until = null where organization_id = @organizationId and id = @unitId and unit_type_id = @id and state = 'out_of_service'";

    public const string NumberOf = "select number from unit where organization_id = @organizationId and id = @unitId and unit_type_id = @id";
}

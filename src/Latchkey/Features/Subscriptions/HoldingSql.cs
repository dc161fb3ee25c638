namespace Latchkey.Features.Subscriptions;

/// <summary>The statements by which staff start and end what a customer holds.</summary>
internal static class HoldingSql
{
    public const string Contact = "select c.id, c.storefront_id, c.full_name from contact c where c.organization_id = @organizationId and c.id = @contactId";

    /// <summary>What can be started for somebody: offered on the storefront of the record.</summary>
    public const string Types = """
        select t.id, t.name, t.price, t.currency, f.id as facility_id, f.name as facility,
          (select count(*) from unit u where u.organization_id = t.organization_id and u.unit_type_id = t.id and u.state = 'free' and (u.held_until is null or u.held_until <= @now)) as free
        from unit_type t join facility f on f.organization_id = t.organization_id and f.id = t.facility_id
        where t.organization_id = @organizationId and f.storefront_id = @storefrontId and t.retired_at is null
        order by f.name, t.price, t.name, t.id
        """;

    public const string Take = """
        update unit set state = 'occupied', held_by = null, held_until = null
        where organization_id = @organizationId and id = @unitId and held_by = @id and state = 'free'
        """;

    public const string Start = """
        insert into subscription (organization_id, id, contact_id, facility_id, kind, name, unit_id, price, currency, started_on)
        values (@organizationId, @id, @contactId, @facilityId, @kind, @name, @unitId, @price, @currency, @startsOn)
        """;

    public const string Find = """
        select s.id, s.contact_id, c.full_name, s.kind, s.name, s.price, s.currency, s.started_on, s.ended_on, s.ends_on, s.autopay_off_at, f.name as facility, u.number as unit
        from subscription s
        join contact c on c.organization_id = s.organization_id and c.id = s.contact_id
        join facility f on f.organization_id = s.organization_id and f.id = s.facility_id
        left join unit u on u.organization_id = s.organization_id and u.id = s.unit_id
        where s.organization_id = @organizationId and s.id = @id
        """;

    /// <summary>Once, and not before it began.</summary>
    public const string End = """
        update subscription set ended_on = @endedOn where organization_id = @organizationId and id = @id and ended_on is null and started_on <= @endedOn
        returning contact_id, unit_id
        """;

    /// <summary>On a day to come; until then it may be another, or none.</summary>
    public const string Plan = """
        update subscription set ends_on = @endsOn where organization_id = @organizationId and id = @id and ended_on is null and started_on <= @endsOn
        returning contact_id, unit_id
        """;

    public const string Keep = """
        update subscription set ends_on = null where organization_id = @organizationId and id = @id and ended_on is null and ends_on is not null
        returning contact_id, unit_id
        """;

    public const string IsAnyEndDue = "select 1 from subscription where ends_on < @today and ended_on is null limit 1";

    /// <summary>What had its last day.</summary>
    public const string EndDue = """
        update subscription set ended_on = ends_on
        where (organization_id, id) in (select organization_id, id from subscription where ends_on < @today and ended_on is null order by ends_on limit 50)
          and ends_on < @today and ended_on is null
        returning organization_id, id, contact_id, unit_id, ended_on
        """;

    public const string Free = "update unit set state = 'free' where organization_id = @organizationId and id = @unitId and state = 'occupied'";
}

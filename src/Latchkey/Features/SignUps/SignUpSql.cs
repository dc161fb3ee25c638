namespace Latchkey.Features.SignUps;

/// <summary>The statements of sign-ups and of the holds on units.</summary>
internal static class SignUpSql
{
    private const string Free = "state = 'free' and (held_until is null or held_until <= @now or held_by = @id)";

    private const string This = "organization_id = @OrganizationId and storefront_id = @StorefrontId and id = @id";

    public const string Find = """
        select s.id, s.state, s.facility_id, f.name as facility, f.address, s.unit_type_id, t.name as type, t.price, t.currency,
          s.unit_id, u.number as unit, case when u.held_by = s.id then u.held_until end as held_until,
          s.starts_on, s.options, s.details, s.link_asked, s.invoice_id, s.payment_id, i.state as invoice_state, s.begun_at
        from sign_up s
        join facility f on f.organization_id = s.organization_id and f.id = s.facility_id
        join unit_type t on t.organization_id = s.organization_id and t.id = s.unit_type_id
        left join unit u on u.organization_id = s.organization_id and u.id = s.unit_id
        left join invoice i on i.organization_id = s.organization_id and i.id = s.invoice_id
        where s.organization_id = @OrganizationId and s.storefront_id = @StorefrontId and s.browser_hash = @browser
        """;

    public const string Options = """
        select id, name, price, currency, monthly from unit_option
        where organization_id = @OrganizationId and facility_id = @facilityId and retired_at is null order by name, id
        """;

    /// <summary>What can be chosen on a storefront.</summary>
    public const string Type = """
        select t.facility_id from unit_type t join facility f on f.organization_id = t.organization_id and f.id = t.facility_id
        where t.organization_id = @OrganizationId and t.id = @unitTypeId and t.retired_at is null and f.storefront_id = @StorefrontId
        """;

    /// <summary>One unit of the type, decided in this statement: it is this sign-up's, or nobody's, when it is taken.</summary>
    public const string Hold = $"""
        update unit set held_by = @id, held_until = @until
        where organization_id = @OrganizationId and {Free}
          and id = (select u.id from unit u where u.organization_id = @OrganizationId and u.unit_type_id = @unitTypeId
            and u.state = 'free' and (u.held_until is null or u.held_until <= @now or u.held_by = @id)
            order by case when u.held_by = @id then 0 else 1 end, u.number limit 1)
        returning id
        """;

    public const string IsAnyFree = $"""
        select 1 from unit where organization_id = @OrganizationId and unit_type_id = @unitTypeId and {Free} limit 1
        """;

    public const string Release = """
        update unit set held_by = null, held_until = null where organization_id = @OrganizationId and id = @unitId and held_by = @id
        """;

    private const string Held = """
        held_by = @id and state = 'free' and organization_id = @OrganizationId
          and id = (select s.unit_id from sign_up s where s.organization_id = @OrganizationId and s.id = @id)
        """;

    /// <summary>Also when the hold is over already, while nobody else has it.</summary>
    public const string KeepHeld = $"update unit set held_until = @until where {Held}";

    public const string ReleaseHeld = $"update unit set held_by = null, held_until = null where {Held}";

    public const string Begin = """
        insert into sign_up (organization_id, id, storefront_id, browser_hash, state, facility_id, unit_type_id, unit_id, starts_on, details, name_hash, link_asked, locale, begun_at, touched_at)
        values (@OrganizationId, @id, @StorefrontId, @browser, 'Open', @facilityId, @unitTypeId, @unitId, @startsOn, @details, @nameHash, @linkAsked, @locale, @now, @now)
        """;

    public const string Choose = $"""
        update sign_up set facility_id = @facilityId, unit_type_id = @unitTypeId, unit_id = @unitId,
          options = case when facility_id = @facilityId then options else '' end, begun_at = @now, touched_at = @now
        where {This} and state = 'Open'
        """;

    public const string Save = $"""
        update sign_up set starts_on = @startsOn, options = @options, details = @details, name_hash = @nameHash, link_asked = @linkAsked, unit_id = @unitId,
          locale = @locale, touched_at = @now
        where {This} and state = 'Open'
        """;

    public const string TypedAs = "select name_hash, details, link_asked, starts_on from sign_up where organization_id = @OrganizationId and storefront_id = @StorefrontId and id = @id";
}

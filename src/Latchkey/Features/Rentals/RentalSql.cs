namespace Latchkey.Features.Rentals;

/// <summary>What an account's contacts hold, at every facility of the storefront.</summary>
internal static class RentalSql
{
    public const string OfAccount = """
        select coalesce(a.full_name, c.full_name) as full_name, s.id as subscription_id, s.kind, s.name, s.price, s.currency, s.started_on, s.ends_on, s.autopay_off_at, f.name as facility, f.address, u.number as unit
        from account a
        left join account_contact ac on ac.organization_id = a.organization_id and ac.account_id = a.id
        left join contact c on c.organization_id = ac.organization_id and c.id = ac.contact_id
        left join subscription s on s.organization_id = c.organization_id and s.contact_id = c.id and s.ended_on is null
        left join facility f on f.organization_id = s.organization_id and f.id = s.facility_id
        left join unit u on u.organization_id = s.organization_id and u.id = s.unit_id
        where a.organization_id = @OrganizationId and a.storefront_id = @Id and a.id = @accountId
        order by ac.linked_at, c.id, f.name, u.number, s.name
        """;

    /// <summary>Their own only.</summary>
    public const string Autopay = """
        update subscription set autopay_off_at = @offAt
        where organization_id = @OrganizationId and id = @subscription and ended_on is null
          and contact_id in (select l.contact_id from account_contact l where l.organization_id = @OrganizationId and l.account_id = @accountId)
          and facility_id in (select f.id from facility f where f.organization_id = @OrganizationId and f.storefront_id = @Id)
        returning contact_id
        """;
}

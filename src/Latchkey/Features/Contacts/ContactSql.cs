namespace Latchkey.Features.Contacts;

/// <summary>The statements of one contact's record.</summary>
internal static class ContactSql
{
    /// <summary>Of several accounts the one that can sign in, then the one used last.</summary>
    public const string BestAccount = "order by case a.state when 'proven' then 0 when 'unproven' then 1 else 2 end, a.last_signed_in_at desc nulls last, a.id";

    public const string Find = """
        select c.id, c.storefront_id, c.facility_id, f.name as facility, c.external_id, c.full_name, c.email, c.phone, c.locale, c.created_at, c.updated_at,
          x.reason as suppressed_for
        from contact c
        left join facility f on f.organization_id = c.organization_id and f.id = c.facility_id
        left join suppression x on x.organization_id = c.organization_id and x.channel = 'email' and x.address = c.email
        where c.organization_id = @organizationId and c.id = @id
        """;

    /// <summary>The best first: see <see cref="BestAccount"/>.</summary>
    public const string Accounts = $"""
        select a.id, a.email, a.phone, a.state, a.created_at, a.proven_at, a.last_signed_in_at, l.linked_at, l.linked_by,
          case when a.password_hash is null then 0 else 1 end as passwords,
          (select count(*) from passkey k where k.organization_id = a.organization_id and k.account_id = a.id) as passkeys
        from account_contact l join account a on a.organization_id = l.organization_id and a.id = l.account_id
        where l.organization_id = @organizationId and l.contact_id = @id and a.storefront_id = @storefrontId
        {BestAccount}
        """;

    public const string Subscriptions = """
        select s.id, s.kind, s.name, s.price, s.currency, s.started_on, s.ended_on, s.ends_on, f.name as facility, u.number as unit
        from subscription s
        join facility f on f.organization_id = s.organization_id and f.id = s.facility_id
        left join unit u on u.organization_id = s.organization_id and u.id = s.unit_id
        where s.organization_id = @organizationId and s.contact_id = @id
        order by case when s.ended_on is null then 0 else 1 end, s.started_on desc, s.id limit 50
        """;

    public const string Activity = """
        select h.at, h.type, h.event, h.actor, h.detail, h.changes from (
          select * from (
            select a.id, a.at, a.type, a.event, a.actor, a.detail, a.changes from activity a
            where a.organization_id = @organizationId and a.contact_id = @id order by a.id desc limit 20) by_contact
          union
          select * from (
            select b.id, b.at, b.type, b.event, b.actor, b.detail, b.changes from activity b
            where b.organization_id = @organizationId and b.account_id = @accountId order by b.id desc limit 20) by_account
        ) h order by h.id desc limit 20
        """;

    /// <summary>Its version decides.</summary>
    public const string Lock = """
        update contact set updated_at = updated_at where organization_id = @organizationId and id = @id and updated_at = @version
        """;

    public const string Save = """
        update contact set full_name = @FullName, email = @Email, phone = @Phone, locale = @Locale, facility_id = @FacilityId, updated_at = @now
        where organization_id = @organizationId and id = @id
        """;

    public const string Facilities = """
        select id, name from facility where organization_id = @organizationId and storefront_id = @storefrontId order by name, id
        """;

    /// <summary>Whose an address is on a storefront, unless it is an account that already shows the contact.</summary>
    public const string Holder = """
        select a.id from account a
        where a.organization_id = @organizationId and a.storefront_id = @storefrontId and a.email = @email
          and not exists (select 1 from account_contact l where l.organization_id = a.organization_id and l.contact_id = @id
            and (l.account_id = a.id or l.account_id = a.merged_into))
        """;

    /// <summary>What the account says of its holder follows the record where it said the same.</summary>
    public const string FollowAccounts = """
        update account set
          full_name = case when full_name = @nameBefore then @FullName else full_name end,
          locale = case when coalesce(locale, '') in ('', @localeBefore) then nullif(@localeAfter, '') else locale end,
          phone = case when @renumbered and coalesce(phone, '') = @phoneBefore then nullif(@phoneAfter, '') else phone end
        where organization_id = @organizationId and storefront_id = @storefrontId
          and id in (select l.account_id from account_contact l where l.organization_id = @organizationId and l.contact_id = @id)
        """;

    /// <summary>The other records of an account whose address changed.</summary>
    public const string FollowContacts = """
        update contact set email = @email, updated_at = @now
        where organization_id = @organizationId and email = @emailBefore and id <> @id
          and id in (select l.contact_id from account_contact l where l.organization_id = @organizationId and l.account_id = @accountId)
        returning id
        """;
}

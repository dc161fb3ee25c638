namespace Latchkey.Features.Approvals;

/// <summary>What support actions are about, as it is at this moment.</summary>
internal static class SubjectSql
{
    public const string Account = """
        select a.id, a.storefront_id, a.email, a.state, a.full_name, a.phone, a.locale, a.merged_into, a.created_at, a.last_signed_in_at, a.password_set_at,
          (select count(*) from passkey p where p.organization_id = @OrganizationId and p.account_id = a.id) as passkeys,
          (select count(*) from session s where s.organization_id = @OrganizationId and s.account_id = a.id
            and s.ended_at is null and s.ends_at > @now and s.hard_end_at > @now) as sessions,
          (select count(*) from account_contact l
            join subscription u on u.organization_id = l.organization_id and u.contact_id = l.contact_id
            where l.organization_id = @OrganizationId and l.account_id = a.id and u.ended_on is null) as subscriptions
        from account a where a.organization_id = @OrganizationId and a.id = @id
        """;

    public const string ContactsOf = """
        select c.id, c.storefront_id, c.full_name, c.email, c.phone, c.locale
        from account_contact l join contact c on c.organization_id = l.organization_id and c.id = l.contact_id
        where l.organization_id = @OrganizationId and l.account_id = @id order by c.id
        """;

    public const string Contact = """
        select c.id, c.storefront_id, c.full_name, c.email, c.phone, c.locale from contact c where c.organization_id = @OrganizationId and c.id = @id
        """;

    public const string AccountsByEmail = """
        select a.id, a.email as name, s.name as storefront from account a
        join storefront s on s.organization_id = a.organization_id and s.id = a.storefront_id
        where a.organization_id = @OrganizationId and a.email = @email order by s.name limit 20
        """;

    public const string ContactsByEmail = """
        select c.id, c.full_name as name, s.name as storefront from contact c
        join storefront s on s.organization_id = c.organization_id and s.id = c.storefront_id
        where c.organization_id = @OrganizationId and c.email = @email order by s.name, c.id limit 20
        """;
}

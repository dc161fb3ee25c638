namespace Latchkey.Features.SignUps;

/// <summary>The statements of what follows a sign-up: account and mail.</summary>
internal static class WelcomeSql
{
    // The predicate stands twice: without the second, PostgreSQL hands the same rows to several workers.
    public const string Claim = """
        update sign_up set welcome_at = null
        where (organization_id, id) in (select organization_id, id from sign_up where welcome_at <= @now order by welcome_at limit @most)
          and welcome_at <= @now
        returning organization_id, storefront_id, id, state, account_id, contact_id, locale
        """;

    public const string Contact = "select email, full_name from contact where organization_id = @OrganizationId and id = @ContactId";

    public const string AddAccount = """
        insert into account (organization_id, id, storefront_id, email, state, locale, created_at)
        values (@OrganizationId, @newId, @StorefrontId, @email, 'unproven', @Locale, @now)
        on conflict (email, organization_id, storefront_id) do nothing
        returning id
        """;

    public const string AccountOf = """
        select id, state, locale from account where organization_id = @OrganizationId and storefront_id = @StorefrontId and email = @email
        """;

    public const string AccountById = "select id, state, locale from account where organization_id = @OrganizationId and id = @AccountId";

    public const string Made = "update sign_up set account_id = @accountId where organization_id = @OrganizationId and id = @Id";

    /// <summary>What the mail says.</summary>
    public const string About = """
        select t.name as type, f.name as facility, f.address, u.number as unit, s.starts_on
        from sign_up s
        join facility f on f.organization_id = s.organization_id and f.id = s.facility_id
        join unit_type t on t.organization_id = s.organization_id and t.id = s.unit_type_id
        left join unit u on u.organization_id = s.organization_id and u.id = s.unit_id
        where s.organization_id = @OrganizationId and s.id = @Id
        """;
}

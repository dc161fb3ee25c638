namespace Latchkey.Features.SignIn.Staff;

/// <summary>The statements of links that staff send or copy.</summary>
internal static class StaffSql
{
    /// <summary>The account linked to it; of several the one used last.</summary>
    public const string FindContact = """
        select c.email, c.locale, a.id as account_id, a.email as account_email, a.state
        from contact c
        left join account_contact l on l.organization_id = c.organization_id and l.contact_id = c.id
        left join account a on a.organization_id = l.organization_id and a.id = l.account_id and a.storefront_id = c.storefront_id
        where c.organization_id = @OrganizationId and c.storefront_id = @StorefrontId and c.id = @contactId
        order by case a.state when 'proven' then 0 when 'unproven' then 1 else 2 end, a.last_signed_in_at desc nulls last
        limit 1
        """;

    public const string AddAccount = """
        insert into account (organization_id, id, storefront_id, email, state, created_at)
        values (@OrganizationId, @id, @StorefrontId, @email, 'unproven', @now)
        on conflict (email, organization_id, storefront_id) do nothing
        returning id
        """;

    public const string AccountOf = "select id from account where organization_id = @OrganizationId and storefront_id = @StorefrontId and email = @email";

    public const string FindAccount = """
        select email, locale from account where organization_id = @OrganizationId and storefront_id = @StorefrontId and id = @accountId
        """;

    public const string ReachAccount = """
        select email, locale, id as account_id, email as account_email, state from account
        where organization_id = @OrganizationId and storefront_id = @StorefrontId and id = @accountId
        """;

    public const string ContactOf = """
        select id from contact where organization_id = @OrganizationId and storefront_id = @StorefrontId and email = @email order by created_at, id limit 1
        """;
}

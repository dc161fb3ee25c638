namespace Latchkey.Features.SignIn.Staff;

/// <summary>The statements behind the page of magic links.</summary>
internal static class MagicLinkSql
{
    public const string Find = """
        select a.id, a.storefront_id, a.email, a.state, c.id as contact_id, c.full_name
        from account a
        left join account_contact l on l.organization_id = a.organization_id and l.account_id = a.id
        left join contact c on c.organization_id = l.organization_id and c.id = l.contact_id
        where a.organization_id = @organizationId and a.id = @id
        order by l.linked_at, c.id limit 1
        """;
}

namespace Latchkey.Features.Contacts;

/// <summary>The statements that correct an address.</summary>
internal static class AddressSql
{
    public const string AccountOf = """
        select a.id from account_contact l
        join account a on a.organization_id = l.organization_id and a.id = l.account_id
        where l.organization_id = @OrganizationId and l.contact_id = @contactId and a.storefront_id = @Id and a.state in ('unproven', 'proven')
        order by a.last_signed_in_at desc nulls last
        limit 1
        """;

    public const string ChangeAccount = """
        update account set email = @email, state = 'unproven', proven_at = null
        where organization_id = @OrganizationId and storefront_id = @Id and id = @accountId and state in ('unproven', 'proven')
          and not exists (select 1 from account b where b.organization_id = @OrganizationId and b.storefront_id = @Id and b.email = @email and b.id <> @accountId)
        """;

    public const string ChangeContact = """
        update contact set email = @email, updated_at = @now
        where organization_id = @OrganizationId and storefront_id = @Id and id = @contactId
        """;
}

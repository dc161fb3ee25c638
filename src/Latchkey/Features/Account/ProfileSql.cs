namespace Latchkey.Features.Account;

/// <summary>What an account and its contacts say about a customer.</summary>
internal static class ProfileSql
{
    private const string Linked = """
        c.organization_id = @OrganizationId and c.id in
          (select l.contact_id from account_contact l where l.organization_id = @OrganizationId and l.account_id = @accountId)
        """;

    public const string Find = """
        select a.id, a.email, a.locale, coalesce(a.full_name, c.full_name) as full_name, coalesce(a.phone, c.phone) as phone
        from account a
        left join account_contact l on l.organization_id = a.organization_id and l.account_id = a.id
        left join contact c on c.organization_id = l.organization_id and c.id = l.contact_id
        where a.organization_id = @OrganizationId and a.storefront_id = @Id and a.id = @accountId
        order by l.linked_at, c.id limit 1
        """;

    public const string Save = """
        update account set locale = @Locale,
          full_name = case when @renamed then @FullName else full_name end,
          phone = case when @renumbered then @Phone else phone end
        where organization_id = @OrganizationId and storefront_id = @StorefrontId and id = @Id
        """;

    public const string Contacts = $"select c.id, c.full_name, c.email, c.phone from contact c where {Linked} order by c.id";

    public const string SaveContact = """
        update contact set full_name = @FullName, email = @Email, phone = @Phone, updated_at = @now where organization_id = @OrganizationId and id = @Id
        """;

    /// <summary>Whose an address is on this storefront.</summary>
    public const string Holder = """
        select id, locale from account
        where organization_id = @OrganizationId and storefront_id = @Id and email = @email and (merged_into is null or merged_into <> @accountId)
        """;
}

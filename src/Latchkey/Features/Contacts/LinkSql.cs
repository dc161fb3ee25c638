using Latchkey.Platform.Data;

namespace Latchkey.Features.Contacts;

/// <summary>The statements that link contacts to accounts.</summary>
internal static class LinkSql
{
    private static readonly string Mark = LinkedMark.Of(
        "id in (select l.contact_id from account_contact l where l.organization_id = @OrganizationId and l.account_id = @accountId)");

    // What was typed at a sign-up is linked by that, when it is paid, and not by being there.
    public static readonly string ByAddress = $"""
        insert into account_contact (organization_id, account_id, contact_id, linked_at, linked_by)
        select c.organization_id, a.id, c.id, @now, 'address'
        from account a
        join contact c on c.organization_id = a.organization_id and c.storefront_id = a.storefront_id and c.email = a.email
        where a.organization_id = @OrganizationId and a.storefront_id = @Id and a.id = @accountId and c.origin is null
        on conflict (organization_id, account_id, contact_id) do nothing
        returning contact_id;
        {Mark}
        """;

    public static readonly string ByStaff = $"""
        insert into account_contact (organization_id, account_id, contact_id, linked_at, linked_by)
        select c.organization_id, a.id, c.id, @now, 'staff'
        from account a
        join contact c on c.organization_id = a.organization_id and c.storefront_id = a.storefront_id and c.id = @contactId
        where a.organization_id = @OrganizationId and a.storefront_id = @Id and a.id = @accountId
        on conflict (organization_id, account_id, contact_id) do nothing
        returning contact_id;
        {Mark}
        """;

    // A number typed at a sign-up is proven by nothing, and where codes are texted it would be a way in.
    public const string Phones = """
        select c.phone from account_contact l
        join contact c on c.organization_id = l.organization_id and c.id = l.contact_id
        where l.organization_id = @OrganizationId and l.account_id = @accountId and c.phone is not null and c.origin is null
        order by l.linked_at, c.id
        """;

    public const string TakePhone = "update account set phone = @phone where organization_id = @OrganizationId and id = @accountId and phone is null";
}

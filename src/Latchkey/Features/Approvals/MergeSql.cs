using Latchkey.Platform.Data;

namespace Latchkey.Features.Approvals;

/// <summary>The statements that move what belongs to a merged account, and move it back.</summary>
internal static class MergeSql
{
    public const string Links = """
        select l.contact_id, l.linked_at, l.linked_by,
          (select count(*) from account_contact o where o.organization_id = @OrganizationId and o.account_id = @into and o.contact_id = l.contact_id) as shared
        from account_contact l where l.organization_id = @OrganizationId and l.account_id = @from order by l.contact_id
        """;

    public const string Followers = """
        select id from account where organization_id = @OrganizationId and storefront_id = @StorefrontId and merged_into = @account order by id
        """;

    public static readonly string Move = $"""
        insert into account_contact (organization_id, account_id, contact_id, linked_at, linked_by)
        select organization_id, @into, contact_id, linked_at, linked_by from account_contact
        where organization_id = @OrganizationId and account_id = @from
        on conflict (organization_id, account_id, contact_id) do nothing;
        delete from account_contact where organization_id = @OrganizationId and account_id = @from;
        {LinkedMark.Of("id in (select l.contact_id from account_contact l where l.organization_id = @OrganizationId and l.account_id = @into)")}
        """;

    public const string Record = """
        insert into merge_record (organization_id, id, storefront_id, from_id, into_id, moved, merged_at, undo_until)
        values (@OrganizationId, @id, @StorefrontId, @from, @into, @moved, @now, @until)
        """;

    public const string Find = """
        select id, storefront_id, from_id, into_id, moved, merged_at, undo_until, undone_at, undone_by_name, forgotten_at
        from merge_record where organization_id = @OrganizationId and id = @id
        """;

    /// <summary>The one statement that decides who undoes it.</summary>
    public const string Undo = """
        update merge_record set undone_at = @now, undone_by_name = @byName
        where organization_id = @OrganizationId and id = @id and undone_at is null and forgotten_at is null and undo_until > @now
        returning id
        """;

    /// <summary>Changes nothing; of two people who undo it the second waits for the first.</summary>
    public const string Hold = "update merge_record set undone_at = undone_at where organization_id = @OrganizationId and id = @id";

    /// <summary>What both had stays with both.</summary>
    public static readonly string GiveBack = $"""
        delete from account_contact where organization_id = @OrganizationId and account_id = @into and contact_id = @ContactId and @Shared = 0;
        insert into account_contact (organization_id, account_id, contact_id, linked_at, linked_by) values (@OrganizationId, @from, @ContactId, @LinkedAt, @LinkedBy);
        {LinkedMark.Of("id = @ContactId")}
        """;

    /// <summary>Of all organizations: merges that can no longer be undone.</summary>
    public const string ForgetOver = """
        update merge_record set forgotten_at = @now
        where undone_at is null and forgotten_at is null and undo_until <= @now
        returning organization_id, storefront_id, from_id
        """;
}

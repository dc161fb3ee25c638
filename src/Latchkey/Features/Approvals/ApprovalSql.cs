using Latchkey.Platform.Data;

namespace Latchkey.Features.Approvals;

/// <summary>The statements of support actions that wait for a second person.</summary>
internal static class ApprovalSql
{
    private const string Columns = """
        a.id, a.storefront_id, a.kind, a.account_id, a.other_id, a.facts, a.reason, a.requested_by, a.requested_by_name, a.requested_at, a.expires_at,
          a.decided_by_name, a.decided_at, a.note, a.due_at, a.done_at, a.done_by_name,
          case when a.state in ('Requested', 'Approved') and a.expires_at <= @now then 'Expired' else a.state end as state
        """;

    public const string List = $"""
        select * from (
          select {Columns}, s.name as storefront from approval a
          join storefront s on s.organization_id = a.organization_id and s.id = a.storefront_id
          where a.organization_id = @OrganizationId and a.id < @before) x
        where @state = 'All' or x.state = @state or (@state = 'Open' and x.state in ('Requested', 'Approved'))
        order by x.id desc limit 51
        """;

    public const string Find = $"""
        select {Columns}, s.name as storefront from approval a
        join storefront s on s.organization_id = a.organization_id and s.id = a.storefront_id
        where a.organization_id = @OrganizationId and a.id = @id
        """;

    public const string CountWaiting = """
        select count(*) from approval where organization_id = @OrganizationId and state = 'Requested' and expires_at > @now
        """;

    /// <summary>Changes nothing; of two decisions the second sees what the first has done.</summary>
    public const string Hold = "update approval set state = state where organization_id = @OrganizationId and id = @id";

    public const string ExpireOld = """
        update approval set state = 'Expired'
        where organization_id = @OrganizationId and account_id = @accountId and state = 'Requested' and expires_at <= @now
        """;

    public const string Request = """
        insert into approval (organization_id, id, storefront_id, kind, account_id, other_id, facts, reason, state, requested_by, requested_by_name, requested_at, expires_at)
        values (@OrganizationId, @id, @StorefrontId, @kind, @accountId, @otherId, @facts, @reason, 'Requested', @by, @byName, @now, @expires)
        on conflict do nothing
        returning id
        """;

    public const string OpenOne = """
        select id from approval
        where organization_id = @OrganizationId and account_id = @accountId and other_id = @otherId and kind = @kind and state = 'Requested'
        """;

    /// <summary>The one statement that decides.</summary>
    public const string Decide = """
        update approval set state = @next, decided_by = @by, decided_by_name = @byName, decided_at = @now, note = @note,
          due_at = @due, expires_at = @expires, done_at = @done, done_by_name = @doneBy
        where organization_id = @OrganizationId and id = @id and state = 'Requested' and expires_at > @now
        returning id
        """;

    /// <summary>A take-over after its 24 hours: carried out or stopped, once.</summary>
    public const string Finish = """
        update approval set state = @next, note = coalesce(@note, note), done_at = @done, done_by_name = @byName
        where organization_id = @OrganizationId and id = @id and state = 'Approved' and expires_at > @now
        returning id
        """;

    /// <summary>What somebody is at this moment, here or in the installation.</summary>
    public const string Roles = """
        select m.role from staff_member m
        where m.account_id = @accountId and (m.organization_id = @OrganizationId or m.organization_id = @installation and m.role = 'Support')
          and m.removed_at is null and (m.joined_at is not null or m.added_at > @invitedAfter)
        """;

    public static readonly string Unlink = $"""
        delete from account_contact where organization_id = @OrganizationId and account_id = @accountId and contact_id = @contactId
        returning contact_id;
        {LinkedMark.Of("id = @contactId")}
        """;
}

namespace Latchkey.Features.Why;

/// <summary>
/// What is on record about one name, all by index and within one organization. Names that are compared are never null: one that does not
/// apply is empty, and nobody has it.
/// </summary>
internal static class WhySql
{
    private const string Account = """
        select a.id, a.storefront_id, a.email, a.state, a.created_at, a.last_signed_in_at, a.merged_into, a.phone, a.locale,
          case when a.password_hash is null then 0 else 1 end as has_password, a.password_failures, a.password_locked_until,
          (select count(*) from account_contact l where l.organization_id = a.organization_id and l.account_id = a.id and l.linked_by not in ('address', 'sign-up')) as linked_for_them,
          (select count(*) from account_contact l
            join subscription s on s.organization_id = l.organization_id and s.contact_id = l.contact_id
            where l.organization_id = a.organization_id and l.account_id = a.id and (s.ended_on is null or s.ended_on > @today)) as holdings
        from account a
        """;

    /// <summary>On every storefront of the organization: the others tell that it is the wrong one.</summary>
    public const string Accounts = $"""
        {Account} where a.organization_id = @OrganizationId and a.email = @email
        union all
        {Account} where a.organization_id = @OrganizationId and a.phone = @phone
        """;

    public const string AccountById = $"{Account} where a.organization_id = @OrganizationId and a.id = @accountId";

    private const string Contact = """
        select c.id, c.storefront_id, c.full_name, c.email, c.phone, c.locale, l.account_id,
          (select count(*) from subscription s where s.organization_id = c.organization_id and s.contact_id = c.id and (s.ended_on is null or s.ended_on > @today)) as holdings
        from contact c
        left join account_contact l on l.organization_id = c.organization_id and l.contact_id = c.id
        """;

    public const string Contacts = $"""
        {Contact} where c.organization_id = @OrganizationId and c.email = @email
        union all
        {Contact} where c.organization_id = @OrganizationId and c.phone = @phone
        union all
        {Contact} where c.organization_id = @OrganizationId and c.id = @contactId
        limit 50
        """;

    /// <summary>A record of the same full name that holds something and that no account shows: of another address, or of none.</summary>
    public const string Unlinked = $"""
        {Contact} where c.organization_id = @OrganizationId and c.full_name = @name and c.storefront_id = @storefrontId and l.account_id is null
          and exists (select 1 from subscription h where h.organization_id = c.organization_id and h.contact_id = c.id and (h.ended_on is null or h.ended_on > @today))
        order by c.id limit 1
        """;

    /// <summary>Accounts on this storefront whose record has the same full name.</summary>
    public const string SameName = """
        select a.id, a.email,
          (select count(*) from subscription s where s.organization_id = c.organization_id and s.contact_id = c.id and (s.ended_on is null or s.ended_on > @today)) as holdings
        from contact c
        join account_contact l on l.organization_id = c.organization_id and l.contact_id = c.id
        join account a on a.organization_id = l.organization_id and a.id = l.account_id
        where c.organization_id = @OrganizationId and c.full_name = @name and c.storefront_id = @storefrontId
          and a.id <> @accountId and a.state in ('unproven', 'proven')
        limit 5
        """;

    /// <summary>The address that the account had before, for as long as its mailbox may undo the change, and after.</summary>
    public const string Former = """
        select address from one_time_link
        where organization_id = @OrganizationId and account_id = @accountId and purpose = 'UndoEmail'
        order by created_at desc limit 1
        """;

    public const string Attempts = """
        select r.id, r.name_hash, r.account_id, r.asked_at, r.last_asked_at, r.asks, r.made_by, r.resolved_at, r.sent_at, r.expires_at, r.opened_at, r.opens, r.asker_opens,
          r.program_opens, r.turned_away_as, r.turned_away_at, r.code_tries, r.code_tried_at, r.number_tries, r.redeemed_at, r.redeemed_by,
          case when r.redeemed_browser_hash <> r.browser_hash then 1 else 0 end as elsewhere, r.revoked_at, r.revoked_reason, r.return_to
        from sign_in_request r
        where r.organization_id = @OrganizationId and r.storefront_id = @storefrontId and r.name_hash in (@first, @second, @third, @former)
        order by r.last_asked_at desc limit 20
        """;

    public const string Mails = """
        select m.kind, m.request_id, m.account_id, m.to_address, m.state, m.created_at, m.sent_at, m.failed_at, m.delivered_at, m.attempts, m.reply, m.delivery, m.delivery_reason
        from mail m
        where m.organization_id = @OrganizationId and m.storefront_id = @storefrontId and m.to_address in (@first, @second, @third, @former) and m.created_at > @since
        order by m.created_at desc limit 40
        """;

    public const string Sessions = """
        select id, started_at, means, ends_at, hard_end_at, ended_at, ended_reason, kept_at from session
        where organization_id = @OrganizationId and storefront_id = @storefrontId and account_id = @accountId
        order by started_at desc limit 5
        """;

    public const string Throttles = """
        select bucket, key, paid_until_ms, cost_ms, depth_ms, refused_ms from throttle
        where organization_id = @OrganizationId and storefront_id = @storefrontId and bucket in ('address', 'day', 'code', 'code-account', 'password')
          and key in (@first, @second, @third, @fourth)
        union all
        select bucket, key, paid_until_ms, cost_ms, depth_ms, refused_ms from throttle
        where organization_id = @installation and storefront_id = @installation and bucket = 'mailbox' and key in (@mailbox, @ownMailbox)
        """;

    public const string Suppression = """
        select reason, created_at from suppression
        where organization_id = @OrganizationId and channel = @channel and address = @address
        """;

    public const string RefusedPassword = """
        select at from activity
        where organization_id = @OrganizationId and account_id = @accountId and event = 'password refused'
        order by id desc limit 1
        """;

    public const string Reset = """
        select created_at, expires_at, used_at from one_time_link
        where organization_id = @OrganizationId and account_id = @accountId and purpose = 'ResetPassword'
        order by created_at desc limit 1
        """;

    public const string Registration = """
        select count(*) from password_request
        where organization_id = @OrganizationId and account_id = @accountId and kind = 'Register' and password_hash is not null
        """;

    /// <summary>The organization's newest mails, by the key, of which time is a part.</summary>
    public const string Relay = """
        select state, attempts, created_at, sent_at, reply_code, reply from mail
        where organization_id = @OrganizationId and id >= @since and lane < 2
        order by id desc limit 200
        """;
}

namespace Latchkey.SignIn;

/// <summary>The statements of sessions.</summary>
internal static class SessionSql
{
    public const string Find = """
        select s.id, s.account_id, a.email, a.locale, s.started_at, s.renewed_at, s.means
        from session s
        join account a on a.organization_id = s.organization_id and a.id = s.account_id
        where s.organization_id = @organization and s.token_hash = @hash and s.storefront_id = @storefront
          and s.ended_at is null and s.ends_at > @now and s.hard_end_at > @now and a.state = 'proven'
        """;

    public const string FindEnded = """
        select id, ended_at from session where organization_id = @organization and storefront_id = @storefront and token_hash = @hash
        """;

    public const string FindNew = """
        select id from session
        where organization_id = @organization and storefront_id = @storefront and id = @id and started_at > @since
          and kept_at is null and (ended_at is null or ended_reason = @lost)
        """;

    public const string Kept = """
        update session set kept_at = @now where organization_id = @organization and storefront_id = @storefront and id = @id and kept_at is null
        """;

    // One statement, so that a page that is looked at twice writes once; never a session whose cookie came back.
    public const string Lost = """
        update session set ended_at = @now, ended_reason = @lost
        where organization_id = @organization and storefront_id = @storefront and id = @id and started_at > @since and kept_at is null and ended_at is null
        returning account_id
        """;

    public const string Renew = """
        update session set renewed_at = @now, ends_at = case when @ends < hard_end_at then @ends else hard_end_at end
        where organization_id = @organization and storefront_id = @storefront and id = @id and ended_at is null and ends_at > @now and hard_end_at > @now and renewed_at <= @before
        """;

    // The account first, as every redeem does it: two ways in at once never wait for one another for ever.
    public const string Start = $"""
        update account set last_signed_in_at = @now
        where organization_id = @organization and storefront_id = @storefront and id = @account and state = 'proven';
        insert into session (organization_id, id, storefront_id, account_id, means, token_hash, started_at, renewed_at, ends_at, hard_end_at, ip, device)
        select @organization, @session, @storefront, a.id, @means, @token, @now, @now, @ends, @hardEnd, @ip, @device
        from account a where a.organization_id = @organization and a.storefront_id = @storefront and a.id = @account and a.state = 'proven'
        returning account_id;
        update sign_in_request set revoked_at = @now, revoked_reason = 'signed in', closed_at = coalesce(closed_at, @now), resolve_at = null
        where organization_id = @organization and account_id = @account and redeemed_at is null and revoked_at is null
          and exists (select 1 from session s where s.organization_id = @organization and s.id = @session);
        {Trim}
        """;

    public const string End = """
        update session set ended_at = @now, ended_reason = @reason
        where organization_id = @organization and storefront_id = @storefront and id = @id and ended_at is null
        """;

    public const string EndOwn = $"{End} and account_id = @account";

    // Requests first: a redeem that races either finds its request revoked, or has committed its session before the second statement.
    public const string EndAll = $"{EndPending};{EndSessions}";

    public const string EndOthers = $"{EndAll} and id <> @keep";

    private const string EndPending = """
        update sign_in_request set revoked_at = @now, revoked_reason = @reason, closed_at = coalesce(closed_at, @now), resolve_at = null
        where organization_id = @organization and account_id = @account and redeemed_at is null and revoked_at is null;
        update one_time_link set revoked_at = @now
        where organization_id = @organization and account_id = @account and purpose <> 'UndoEmail' and used_at is null and revoked_at is null
        """;

    private const string EndSessions = """
        update session set ended_at = @now, ended_reason = @reason
        where organization_id = @organization and account_id = @account and ended_at is null
        """;

    public const string List = """
        select id, means, device, started_at, renewed_at from session
        where organization_id = @organization and storefront_id = @storefront and account_id = @account
          and ended_at is null and ends_at > @now and hard_end_at > @now
        order by renewed_at desc, id desc
        """;

    /// <summary>Ends the oldest sessions of the account of one that has just begun, above the most it may have. Whoever began it has locked the account.</summary>
    public const string Trim = """
        update session set ended_at = @now, ended_reason = 'too many'
        where organization_id = @organization and storefront_id = @storefront and id in (
          select o.id from session n join session o on o.organization_id = n.organization_id and o.account_id = n.account_id
          where n.organization_id = @organization and n.id = @session and o.ended_at is null and o.ends_at > @now and o.hard_end_at > @now
          order by o.started_at desc, o.id desc limit 1000 offset @most)
        """;
}

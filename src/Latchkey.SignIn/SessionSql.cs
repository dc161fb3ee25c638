namespace Latchkey.SignIn;

/// <summary>The statements of sessions.</summary>
internal static class SessionSql
{
    public const string Find = """
        select s.id, s.account_id, a.email, a.locale, s.started_at, s.renewed_at
        from session s
        join account a on a.organization_id = s.organization_id and a.id = s.account_id
        where s.organization_id = @organization and s.token_hash = @hash and s.storefront_id = @storefront
          and s.ended_at is null and s.ends_at > @now and s.hard_end_at > @now and a.state = 'proven'
        """;

    public const string Renew = """
        update session set renewed_at = @now, ends_at = case when @ends < hard_end_at then @ends else hard_end_at end
        where organization_id = @organization and id = @id and ended_at is null and ends_at > @now and hard_end_at > @now and renewed_at <= @before
        """;

    public const string End = """
        update session set ended_at = @now, ended_reason = @reason
        where organization_id = @organization and id = @id and ended_at is null
        """;

    // Requests first: a redeem that races either finds its request revoked, or has committed its session before the second statement.
    public const string EndAll = """
        update sign_in_request set revoked_at = @now, revoked_reason = @reason, closed_at = coalesce(closed_at, @now), resolve_at = null
        where organization_id = @organization and account_id = @account and redeemed_at is null and revoked_at is null;
        update session set ended_at = @now, ended_reason = @reason
        where organization_id = @organization and account_id = @account and ended_at is null
        """;
}

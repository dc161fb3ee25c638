namespace Latchkey.SignIn;

/// <summary>The statements of sign-in requests, links and codes. One text for SQLite and PostgreSQL.</summary>
internal static class SignInSql
{
    public const string JustSent = """
        select id, last_asked_at from sign_in_request
        where organization_id = @organization and storefront_id = @storefront and browser_hash = @browser and name_hash = @name
          and closed_at is null and hard_end_at > @now and last_asked_at > @cooled
        """;

    // By the time of asking alone. Whether a mail was sent, and when, would tell a known address from an unknown one.
    public const string CloseOld = """
        update sign_in_request set closed_at = @now
        where organization_id = @organization and storefront_id = @storefront and browser_hash = @browser and name_hash = @name
          and closed_at is null and (last_asked_at <= @old or hard_end_at <= @now)
        """;

    public const string Ask = """
        insert into sign_in_request (organization_id, id, storefront_id, name_hash, name_sealed, browser_hash, ip, device, locale, account_id,
          return_to, made_by, staff, asks, asked_at, last_asked_at, mails, resolve_at, expires_at, hard_end_at, opens, code_tries, number_tries, closed_at)
        values (@organization, @id, @storefront, @name, @sealed, @browser, @ip, @device, @locale, @account,
          @returnTo, @madeBy, @staff, 1, @now, @now, 0, @now, @end, @end, 0, 0, 0, @closed)
        on conflict (browser_hash, name_hash, organization_id, storefront_id) where closed_at is null do update set
          asks = sign_in_request.asks + 1,
          ip = coalesce(excluded.ip, sign_in_request.ip),
          return_to = coalesce(excluded.return_to, sign_in_request.return_to),
          resolve_at = case when sign_in_request.last_asked_at <= @cooled then @now else sign_in_request.resolve_at end,
          last_asked_at = case when sign_in_request.last_asked_at <= @cooled then @now else sign_in_request.last_asked_at end
        returning id, last_asked_at
        """;

    public const string Due = """
        select organization_id, storefront_id, id, name_sealed from sign_in_request where resolve_at <= @now order by resolve_at, id limit @most
        """;

    public static readonly string ResolveByEmail = ResolveBy("a.email = @email");

    // A number that several accounts share signs in to the one that was used last: whoever holds it may see each of them.
    public static readonly string ResolveByPhone =
        ResolveBy("a.phone = @phone and a.state in ('unproven', 'proven') order by a.last_signed_in_at desc nulls last, a.id limit 1");

    /// <summary>
    /// Takes a request that is due, unless another worker has: one statement decides. It also says whose address or number it is; a request
    /// that is for an account already stays that account's. A merged one leads to the other.
    /// </summary>
    private static string ResolveBy(string name) => $"""
        update sign_in_request set resolve_at = null, resolved_at = @now, mails = mails + 1,
          account_id = coalesce(account_id, (select coalesce(a.merged_into, a.id) from account a
            where a.organization_id = @organization and a.storefront_id = @storefront and {name}))
        where organization_id = @organization and id = @id and resolve_at <= @now
        returning id, mails, asked_at, hard_end_at, device, locale, made_by, code_tries, return_to, account_id,
          (select a.email from account a where a.organization_id = @organization and a.id = sign_in_request.account_id),
          (select a.state from account a where a.organization_id = @organization and a.id = sign_in_request.account_id),
          (select a.locale from account a where a.organization_id = @organization and a.id = sign_in_request.account_id),
          (select a.phone from account a where a.organization_id = @organization and a.id = sign_in_request.account_id)
        """;

    public const string AddLink = """
        insert into sign_in_link (organization_id, token_hash, request_id, number, created_at)
        values (@organization, @hash, @request, @number, @now)
        """;

    public const string HandedOver = """
        update sign_in_request set sent_at = @now, expires_at = case when @expires < hard_end_at then @expires else hard_end_at end
        where organization_id = @organization and id = @id and redeemed_at is null and revoked_at is null
        """;

    private const string Waiting = """
        select id, name_sealed, last_asked_at, code_tries
        from sign_in_request
        where organization_id = @organization and storefront_id = @storefront and browser_hash = @browser and closed_at is null
        """;

    public const string FindWaiting = $"{Waiting} and id = @id";

    public const string NewestWaiting = $"{Waiting} and id <> @id order by last_asked_at desc limit 1";

    public const string NameOf = "select name_sealed from sign_in_request where organization_id = @organization and id = @id";

    public const string FindLink = """
        select r.id, r.account_id, r.browser_hash, r.ip, r.made_by, r.expires_at, r.redeemed_at, r.redeemed_browser_hash, r.session_id, r.revoked_at,
          a.email, a.state, r.locale, s.id, s.ended_at, r.number_tries, r.return_to, r.redeemed_by
        from sign_in_link l
        join sign_in_request r on r.organization_id = l.organization_id and r.id = l.request_id
        left join account a on a.organization_id = r.organization_id and a.id = r.account_id
        left join session s on s.organization_id = r.organization_id and s.id = r.session_id
        where l.organization_id = @organization and l.token_hash = @hash and r.storefront_id = @storefront
        """;

    public const string Opened = """
        update sign_in_request set opens = opens + @times, opened_at = coalesce(opened_at, @now),
          turned_away_as = coalesce(@turnedAway, turned_away_as), turned_away_at = coalesce(@turnedAwayAt, turned_away_at),
          asker_opens = asker_opens + case when @by = 'Asker' then @times else 0 end,
          program_opens = program_opens + case when @by = 'Program' then @times else 0 end
        where organization_id = @organization and storefront_id = @storefront
          and id = (select l.request_id from sign_in_link l where l.organization_id = @organization and l.token_hash = @hash)
        """;

    /// <summary>The race between any number of redeems of a link is decided here, and nowhere else.</summary>
    public static readonly string RedeemLink = Redeem("(select l.request_id from sign_in_link l where l.organization_id = @organization and l.token_hash = @hash)");

    /// <summary>The same race, when a code was typed.</summary>
    public static readonly string RedeemCode = Redeem("@request");

    // One text, one round trip. The account first: redeems of two requests of one account each end the other's request, and would wait
    // for one another for ever. Then the race; and what only the winner leaves behind: the session, and no other open request, nor too many sessions.
    // The first proof of the mailbox takes away what was set before it: whoever set that has not proven anything (GHSA-qq9h-g4jm-xgf3).
    private static string Redeem(string request) => $"""
        update account set state = 'proven', proven_at = coalesce(proven_at, @now), last_signed_in_at = @now,
          full_name = case when {Planted} then null else full_name end,
          phone = case when {Planted} then null else phone end,
          password_hash = case when {Planted} then null else password_hash end,
          password_set_at = case when {Planted} then null else password_set_at end,
          password_by = case when {Planted} then null else password_by end
        where organization_id = @organization and storefront_id = @storefront and state in ('unproven', 'proven')
          and id = (select r.account_id from sign_in_request r
            where r.organization_id = @organization and r.storefront_id = @storefront and r.id = {request}
              and r.redeemed_at is null and r.revoked_at is null and r.expires_at > @now and {MayHere("r")});
        update sign_in_request set redeemed_at = @now, redeemed_by = {By("sign_in_request")}, redeemed_browser_hash = @browser, session_id = @session,
          closed_at = coalesce(closed_at, @now), resolve_at = null, opens = opens + 1, opened_at = coalesce(opened_at, @now),
          asker_opens = asker_opens + case when browser_hash = @browser then 1 else 0 end
        where organization_id = @organization and storefront_id = @storefront and id = {request}
          and redeemed_at is null and revoked_at is null and expires_at > @now and {MayHere("sign_in_request")}
          and exists (select 1 from account a where a.organization_id = @organization and a.id = sign_in_request.account_id
            and a.storefront_id = @storefront and a.state in ('unproven', 'proven'))
        returning account_id, return_to, redeemed_by,
          (select case when a.proven_at = @now then 1 else 0 end from account a where a.organization_id = @organization and a.id = sign_in_request.account_id);
        insert into session (organization_id, id, storefront_id, account_id, request_id, means, token_hash, started_at, renewed_at, ends_at, hard_end_at, ip, device)
        select @organization, @session, @storefront, r.account_id, r.id, r.redeemed_by, @token, @now, @now, @ends, @hardEnd, @ip, @device
        from sign_in_request r where r.organization_id = @organization and r.id = {request} and r.session_id = @session;
        update sign_in_request set revoked_at = @now, revoked_reason = 'signed in', closed_at = coalesce(closed_at, @now), resolve_at = null
        where organization_id = @organization and redeemed_at is null and revoked_at is null
          and account_id = (select r.account_id from sign_in_request r
            where r.organization_id = @organization and r.id = {request} and r.session_id = @session);
        {SessionSql.Trim}
        """;

    private const string Planted = "state = 'unproven' and password_by = 'customer'";

    private static string By(string request) => $"case when {request}.made_by = 'staff copy' then '{Redemption.ByStaffLink}' else @by end";

    // What staff made has no browser and no network of its own.
    private static string MayHere(string request) => $"""
        ({request}.made_by <> 'customer' or ((@anyBrowser or {request}.browser_hash = @browser or {request}.id = @matched)
          and (not @bindIp or {request}.ip is null or {request}.ip = @ip)))
        """;

    /// <summary>Committed before the number is compared.</summary>
    public const string CountNumber = """
        update sign_in_request set number_tries = number_tries + 1
        where organization_id = @organization and storefront_id = @storefront and number_tries < @most
          and id = (select l.request_id from sign_in_link l where l.organization_id = @organization and l.token_hash = @hash)
        returning id, number_tries
        """;

    public const string CopyLink = """
        insert into sign_in_request (organization_id, id, storefront_id, name_hash, name_sealed, browser_hash, locale, account_id, made_by, staff, reason,
          asks, asked_at, last_asked_at, mails, resolved_at, sent_at, expires_at, hard_end_at, opens, code_tries, number_tries, closed_at)
        select @organization, @id, @storefront, @name, @sealed, @browser, 'en', a.id, 'staff copy', @staff, @reason,
          1, @now, @now, 1, @now, @now, @expires, @expires, 0, 0, 0, @now
        from account a where a.organization_id = @organization and a.storefront_id = @storefront and a.id = @account and a.state = 'proven'
        returning id
        """;

    /// <summary>Committed before the code is compared: guesses that race are all counted.</summary>
    public const string CountTry = """
        update sign_in_request set code_tries = code_tries + 1, code_tried_at = @now
        where organization_id = @organization and storefront_id = @storefront and id = @request and browser_hash = @browser
          and code_tries < @most
        returning name_hash, sent_at, code_tries, account_id, resolved_at
        """;

    /// <summary>Codes are refused for an account: since when, or that its holder signed in meanwhile and may type codes again.</summary>
    public const string PauseCodes = """
        update account set code_paused_at = case
          when code_paused_at > @dayAgo and last_signed_in_at > code_paused_at then null
          when code_paused_at > @dayAgo then code_paused_at
          else @now end
        where organization_id = @organization and storefront_id = @storefront and id = @account
        returning code_paused_at
        """;

    public const string ForgetTries = """
        delete from throttle where organization_id = @organization and storefront_id = @storefront
          and (bucket = @ofName and key = @name or bucket = @ofAccount and key = @account)
        """;

    public const string TellCodePause = """
        update account set code_pause_told_at = @now
        where organization_id = @organization and storefront_id = @storefront and id = @account and state in ('unproven', 'proven')
          and (code_pause_told_at is null or code_pause_told_at <= @dayAgo)
        returning id, email, locale, 0
        """;
}

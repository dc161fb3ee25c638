namespace Latchkey.Features.Weather;

/// <summary>Counting the days, each by a range of the key.</summary>
internal static class DaySql
{
    public const string Newest = "select max(day) from sign_in_day where organization_id = @organizationId";

    public const string IsAny = "select 1 from sign_in_request where organization_id = @organizationId and id >= @from limit 1";

    public const string Requests = """
        select count(*) as asked, count(*) filter (where r.sent_at is not null) as sent, count(*) filter (where r.opens > r.program_opens) as opened,
          count(*) filter (where r.redeemed_at is not null) as signed_in
        from sign_in_request r
        where r.organization_id = @organizationId and r.id >= @from and r.id < @before and r.made_by <> 'staff copy'
        """;

    public const string Delivered = """
        select count(distinct m.request_id) from mail m
        where m.organization_id = @organizationId and m.id >= @from and m.id < @before and m.lane = 0 and m.kind = 'sign_in_link' and m.delivery = 'delivered'
        """;

    /// <summary>Why requests led nowhere, in the words of the diagnosis. One that can still lead in does not count yet.</summary>
    public const string Causes = """
        select cause, count(*) as number from (
          select case
            when r.redeemed_at is not null then 'LinkUsed'
            when r.account_id is null then 'UnknownAddress'
            when r.turned_away_as = 'Expired' then 'LinkExpired'
            when r.turned_away_as = 'AlreadyUsed' then 'LinkUsed'
            when r.turned_away_as = 'OtherNetwork' then 'OtherNetwork'
            when r.turned_away_as = 'OtherBrowser' then 'ConfirmationNotPressed'
            when r.turned_away_as = 'AccountClosed' then 'AccountDisabled'
            when r.turned_away_as = 'Revoked' and r.revoked_reason = 'signed in' then 'OldMail'
            when r.revoked_reason = 'signed in' then null
            when r.revoked_at is not null then 'SessionsRevoked'
            when r.code_tries > 0 then 'CodeWrong'
            when r.opens > r.program_opens then 'ConfirmationNotPressed'
            when r.opens > 0 then 'ScannerOnly'
            when exists (select 1 from mail b where b.organization_id = @organizationId and b.request_id = r.id and b.delivery in ('undelivered', 'failed', 'bounced', 'rejected')) then 'MailBounced'
            when exists (select 1 from mail f where f.organization_id = @organizationId and f.request_id = r.id and f.state = 'failed') then 'MailRejected'
            when r.sent_at is null then 'MailQueued'
            else 'NotOpened' end as cause
          from sign_in_request r
          where r.organization_id = @organizationId and r.id >= @from and r.id < @before and r.made_by <> 'staff copy'
            and (r.redeemed_at is null or r.turned_away_as = 'AlreadyUsed') and (r.expires_at <= @now or r.turned_away_at is not null or r.revoked_at is not null)
        ) ended where cause is not null group by cause
        """;

    public const string CookiesLost = """
        select count(*) from session where organization_id = @organizationId and id >= @from and id < @before and ended_reason = @reason
        """;

    public const string Limited = """
        select count(*) from activity where organization_id = @organizationId and event = 'limited' and detail is not null and at >= @start and at < @end
        """;

    public const string Write = """
        insert into sign_in_day (organization_id, day, asked, sent, delivered, opened, signed_in, causes, counted_at)
        values (@organizationId, @day, @asked, @sent, @delivered, @opened, @signedIn, @causes, @now)
        on conflict (organization_id, day) do update set asked = excluded.asked, sent = excluded.sent, delivered = excluded.delivered, opened = excluded.opened,
          signed_in = excluded.signed_in, causes = excluded.causes, counted_at = excluded.counted_at
        """;

    public const string Days = """
        select day, asked, sent, delivered, opened, signed_in, causes from sign_in_day where organization_id = @organizationId and day >= @first order by day
        """;

    public const string Verdicts = """
        select cause, count(*) as times, sum(case when was_right then 1 else 0 end) as right_times from verdict
        where organization_id = @organizationId and id >= @from
        group by cause
        """;
}

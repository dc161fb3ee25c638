namespace Latchkey.Features.Weather;

/// <summary>The weather as it is written down, and who waits because of it.</summary>
internal static class WeatherSql
{
    /// <summary>One node looks, at most once a minute.</summary>
    public const string TakeLook = """
        update weather_watch set looked_at = @now where organization_id = @installation and looked_at <= @before returning looked_at
        """;

    public const string TakeCount = """
        update weather_watch set counted_at = @now where organization_id = @installation and counted_at <= @before returning counted_at
        """;

    public const string Organizations = "select id from organization";

    /// <summary>By the key, of which time is a part. Mails of a wave that have not had their turn are left out.</summary>
    public const string Tried = """
        select lane, state, to_address, created_at, sent_at, failed_at, reply_code, reply, delivery, provider_id from mail
        where organization_id = @organizationId and id >= @since and lane < 2 and (state <> 'queued' or reply is not null)
        order by id desc limit 1000
        """;

    private const string Shown = "select id, kind, domain, since, says, waiting, over_at, tell_by, told_at from weather";

    public const string Now = $"{Shown} where organization_id = @organizationId and over_at is null order by since";

    public const string Lately = $"{Shown} where organization_id = @organizationId and id >= @from and over_at is not null order by id desc limit 20";

    public const string One = $"{Shown} where organization_id = @organizationId and id = @id";

    /// <summary>What is not finished: it goes on, or people wait whom somebody wants to be told.</summary>
    public const string Unfinished = $"""
        {Shown} where organization_id = @organizationId and (over_at is null or (told_at is null and id >= @from)) order by id
        """;

    public const string Notice = """
        insert into weather (organization_id, id, kind, domain, since, says, waiting, noticed_at)
        values (@organizationId, @id, @kind, @domain, @since, @says, 0, @now)
        on conflict (kind, domain, organization_id) where over_at is null do update set says = coalesce(excluded.says, weather.says)
        """;

    public const string Over = "update weather set over_at = @now where organization_id = @organizationId and id = @id and over_at is null";

    public const string Count = """
        update weather set waiting = (select count(*) from weather_wait w where w.organization_id = @organizationId and w.weather_id = @id and w.settled_at is null)
        where organization_id = @organizationId and id = @id
        """;

    public const string WantTold = """
        update weather set tell_by = @staff, tell_at = @now where organization_id = @organizationId and id = @id and tell_at is null returning id
        """;

    public const string Told = "update weather set told_at = @now where organization_id = @organizationId and id = @id and told_at is null";

    /// <summary>Whoever asked and whose mail is put off or failed. A single mailbox that is refused is nobody's weather: only a domain's is.</summary>
    public const string AddWaiting = """
        insert into weather_wait (organization_id, weather_id, account_id, storefront_id, asked_at)
        select m.organization_id, @id, m.account_id, m.storefront_id, min(m.created_at) from mail m
        where m.organization_id = @organizationId and m.id >= @from and m.lane = 0 and m.kind = 'sign_in_link' and m.account_id is not null
          and ((m.state = 'queued' and m.reply is not null) or (m.state = 'failed' and (m.reply_code is null or @domain <> ''))
            or (@domain <> '' and m.delivery in ('undelivered', 'failed', 'bounced', 'rejected')))
          and m.to_address like @addresses escape '\'
        group by m.organization_id, m.account_id, m.storefront_id
        on conflict (organization_id, weather_id, account_id) do nothing
        """;

    public const string SettleIn = """
        update weather_wait set settled_at = @now, outcome = 'In'
        where organization_id = @organizationId and weather_id = @id and settled_at is null
          and exists (select 1 from account a where a.organization_id = @organizationId and a.id = weather_wait.account_id and a.last_signed_in_at > weather_wait.asked_at)
        """;

    public const string SettleMailed = """
        update weather_wait set settled_at = @now, outcome = 'Mailed'
        where organization_id = @organizationId and weather_id = @id and settled_at is null
          and exists (select 1 from account a join mail m on m.organization_id = a.organization_id and m.to_address = a.email
            where a.organization_id = @organizationId and a.id = weather_wait.account_id and m.created_at >= weather_wait.asked_at and m.kind = 'sign_in_link'
              and m.state = 'sent' and coalesce(m.delivery, '') not in ('undelivered', 'failed', 'bounced', 'rejected', 'suppressed', 'complained'))
        """;

    // The predicate stands twice: without the second, PostgreSQL hands the same rows to several workers. Whose mail still waits gets that one.
    public const string ClaimTold = """
        update weather_wait set settled_at = @now, outcome = 'Told'
        where (organization_id, weather_id, account_id) in (
            select w.organization_id, w.weather_id, w.account_id from weather_wait w
            where w.organization_id = @organizationId and w.weather_id = @id and w.settled_at is null
              and not exists (select 1 from account a join mail m on m.organization_id = a.organization_id and m.to_address = a.email
                where a.organization_id = @organizationId and a.id = w.account_id and m.created_at >= w.asked_at and m.kind = 'sign_in_link' and m.state = 'queued')
            order by w.account_id limit @most)
          and organization_id = @organizationId and settled_at is null
        returning account_id, storefront_id
        """;

    public const string Outcome = """
        update weather_wait set outcome = @outcome where organization_id = @organizationId and weather_id = @id and account_id = @accountId
        """;

    public const string Waiting = """
        select w.account_id, w.asked_at, w.settled_at, w.outcome, a.email, s.name as storefront, s.slug from weather_wait w
        join account a on a.organization_id = w.organization_id and a.id = w.account_id
        join storefront s on s.organization_id = w.organization_id and s.id = w.storefront_id
        where w.organization_id = @organizationId and w.weather_id = @id and w.account_id > @after
        order by w.account_id limit @most
        """;
}

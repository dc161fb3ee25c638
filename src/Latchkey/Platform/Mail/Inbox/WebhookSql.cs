namespace Latchkey.Platform.Mail.Inbox;

/// <summary>The statements of the inbox. Its worker serves all organizations; everything after the claim names the event's own.</summary>
internal static class WebhookSql
{
    public const string Store = """
        insert into webhook_event (organization_id, id, provider, event_id, kind, body, body_hash, state, attempts, received_at, due_at)
        values (@organization, @id, @provider, @eventId, @Kind, @body, @hash, 'queued', 0, @now, @now)
        on conflict (event_id, provider, organization_id) do nothing
        """;

    public const string HashOf = "select body_hash from webhook_event where organization_id = @organization and provider = @provider and event_id = @eventId";

    public const string IsAnyDue = "select 1 from webhook_event where due_at <= @now and (provider = 'stripe') = @payments limit 1";

    public const string Claim = """
        update webhook_event set attempts = attempts + 1, due_at = @leaseEnd
        where (organization_id, id) in (select organization_id, id from webhook_event where due_at <= @now and (provider = 'stripe') = @payments order by due_at limit @most)
          and due_at <= @now
        returning organization_id, id, provider, body, attempts, received_at
        """;

    public const string Done = """
        update webhook_event set state = 'done', due_at = null, processed_at = @now, reason = @reason, body = null
        where organization_id = @OrganizationId and id = @Id and attempts = @Attempts and state = 'queued'
        """;

    public const string Left = """
        update webhook_event set state = @state, due_at = null, processed_at = @now, reason = @reason
        where organization_id = @OrganizationId and id = @Id and attempts = @Attempts and state = 'queued'
        """;

    public const string Later = """
        update webhook_event set due_at = @dueAt, reason = @reason
        where organization_id = @OrganizationId and id = @Id and attempts = @Attempts and state = 'queued'
        """;

    public const string Replay = """
        update webhook_event set state = 'queued', attempts = 0, due_at = @now, processed_at = null, reason = null
        where organization_id = @organization and id = @id and state in ('unmatched', 'failed') and body is not null
        """;

    public const string Unsettled = """
        select id, provider, event_id, kind, state, attempts, received_at, processed_at, reason from webhook_event
        where organization_id = @organization and state <> 'done' and id < @before order by id desc limit @most
        """;

    /// <summary>Of mail providers: what payments report is another page's.</summary>
    private const string Columns = "id, provider, event_id, state, attempts, received_at, processed_at, reason";

    public const string Page = $"""
        select {Columns} from webhook_event where organization_id = @organization and provider <> 'stripe' and id < @before and (@provider = '' or provider = @provider) order by id desc limit @most
        """;

    public const string PageOfState = $"""
        select {Columns} from webhook_event where organization_id = @organization and provider <> 'stripe' and state = @state and id < @before and (@provider = '' or provider = @provider)
        order by id desc limit @most
        """;

    public const string Find = $"select {Columns}, body from webhook_event where organization_id = @organization and provider <> 'stripe' and id = @id";

    /// <summary>All of the payment provider's, done or not, newest first.</summary>
    public const string OfPayments = """
        select id, provider, event_id, kind, state, attempts, received_at, processed_at, reason from webhook_event
        where organization_id = @organization and provider = 'stripe' and id < @before and (@state = '' or state = @state) order by id desc limit @most
        """;

    /// <summary>Of organizations that did not say for how long they keep them.</summary>
    public const string Forget = """
        delete from webhook_event where received_at < @before
          and not exists (select 1 from retention r where r.organization_id = webhook_event.organization_id and r.kind = 'Webhooks')
        """;
}

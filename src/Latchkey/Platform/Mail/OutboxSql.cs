namespace Latchkey.Platform.Mail;

/// <summary>The statements of the outbox. Workers serve all organizations, so the claim goes by what is due; everything after names the mail's own.</summary>
internal static class OutboxSql
{
    public const string Enqueue = """
        insert into mail (organization_id, id, storefront_id, lane, channel, kind, account_id, request_id, link_number, about, to_address, to_name, locale,
          state, attempts, due_at, give_up_at, created_at, facility_id)
        values (@OrganizationId, @Id, @StorefrontId, @Lane, @Channel, @Kind, @AccountId, @RequestId, @LinkNumber, @About, @ToAddress, @ToName, @Locale,
          'queued', @Attempts, @DueAt, @GiveUpAt, @CreatedAt,
          (select c.facility_id from account_contact l join contact c on c.organization_id = l.organization_id and c.id = l.contact_id
           where l.organization_id = @OrganizationId and l.account_id = @AccountId and c.facility_id is not null order by l.linked_at, l.contact_id limit 1))
        """;

    public const string IsAnyDue = "select 1 from mail where lane = @lane and due_at <= @now limit 1";

    public const string Claim = """
        update mail set attempts = attempts + 1, due_at = @leaseEnd
        where (organization_id, id) in (select organization_id, id from mail where lane = @lane and due_at <= @now order by due_at limit @most)
          and due_at <= @now
        returning organization_id, id, storefront_id, lane, kind, account_id, request_id, link_number, about, to_address, to_name, locale,
          attempts, due_at as lease_ends_at, created_at, give_up_at
        """;

    public const string TakeBack = "update mail set due_at = @now where state = 'queued' and due_at > @now and reply is null";

    public const string Sent = """
        update mail set state = 'sent', due_at = null, sent_at = @now, provider_id = @ProviderId, reply_code = @Code, reply_status = @EnhancedStatus, reply = @Reply,
          subject = @subject, text_body = @text, html_body = @html
        where organization_id = @OrganizationId and id = @Id and attempts = @Attempts and state = 'queued'
        """;

    public const string Failed = """
        update mail set state = 'failed', due_at = null, failed_at = @now, reply_code = @Code, reply_status = @EnhancedStatus, reply = @Reply,
          subject = @subject, text_body = @text, html_body = @html
        where organization_id = @OrganizationId and id = @Id and attempts = @Attempts and state = 'queued'
        """;

    /// <summary>Of two reports that rank alike, the one whose words are later in the alphabet stays: any rule will do, as long as it is one.</summary>
    public const string Reported = """
        update mail set delivery_rank = @rank, delivery = @status, delivery_code = @Code, delivery_reason = @Reason, delivery_detail = @Detail,
          delivered_at = @deliveredAt, provider_id = coalesce(@ProviderId, provider_id)
        where organization_id = @OrganizationId and id = @MailId
          and (delivery_rank < @rank or (delivery_rank = @rank and coalesce(delivery_detail, '') < coalesce(@Detail, '')))
        returning storefront_id, account_id, channel, to_address
        """;

    public const string Find = "select storefront_id, account_id, channel, to_address from mail where organization_id = @OrganizationId and id = @MailId";

    public const string IsReported = "select 1 from mail where organization_id = @organization and id = @mail and delivery_rank > 0";

    public const string FindByProvider = "select organization_id, id from mail where provider_id = @providerId and channel = 'email' limit 1";

    public const string FindOwnByProvider =
        "select organization_id, id from mail where provider_id = @providerId and channel = 'email' and organization_id = @organization limit 1";

    public const string Delayed = """
        update mail set due_at = @dueAt, reply_code = @Code, reply_status = @EnhancedStatus, reply = @Reply
        where organization_id = @OrganizationId and id = @Id and attempts = @Attempts and state = 'queued'
        """;
}

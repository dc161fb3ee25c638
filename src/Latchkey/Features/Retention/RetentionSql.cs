namespace Latchkey.Features.Retention;

/// <summary>How long an organization keeps what, and the forgetting, a few rows at a time. Ids tell the time, so a period is a range of the key.</summary>
internal static class RetentionSql
{
    public const string Of = "select organization_id, kind, days from retention where organization_id = @organizationId";

    public const string Set = """
        insert into retention (organization_id, kind, days, updated_at) values (@organizationId, @kind, @days, @now)
        on conflict (organization_id, kind) do update set days = excluded.days, updated_at = excluded.updated_at
        """;

    public const string Unset = "delete from retention where organization_id = @organizationId and kind = @kind";

    public const string All = "select organization_id, kind, days from retention order by organization_id, kind";

    public const string NextMails = """
        select m.id from mail m where m.organization_id = @OrganizationId and m.id < @first
          and m.id > (select coalesce(r.swept, @none) from retention r where r.organization_id = @OrganizationId and r.kind = @kind)
        order by m.id limit @most
        """;

    /// <summary>No mail waits to leave for as long as the shortest period.</summary>
    public const string MailContent = """
        update mail set text_body = null, html_body = null where organization_id = @OrganizationId and id >= @from and id <= @to
        """;

    public const string Swept = "update retention set swept = @to where organization_id = @OrganizationId and kind = @kind";

    public const string Activity = """
        delete from activity where organization_id = @OrganizationId and id in (
          select a.id from activity a where a.organization_id = @OrganizationId and a.id < @first limit @most)
        """;

    public const string Webhooks = """
        delete from webhook_event where organization_id = @OrganizationId and id in (
          select w.id from webhook_event w where w.organization_id = @OrganizationId and w.id < @first and w.due_at is null limit @most)
        """;
}

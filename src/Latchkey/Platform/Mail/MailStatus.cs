namespace Latchkey.Platform.Mail;

/// <summary>What staff see of a mail or text, worked out from what we did with it and what its provider reported.</summary>
public enum MailStatus
{
    Queued,
    /// <summary>Refused for now, by the mail server or by the addressee's: it is tried again.</summary>
    Delayed,
    /// <summary>Taken by the mail server. With SMTP nothing more is ever known.</summary>
    Sent,
    Delivered,
    Failed,
}

/// <summary>The one place that decides, as SQL, so that lists can filter by it. Both speak of the table as <c>mail m</c>.</summary>
public static class MailStatusSql
{
    /// <summary>The name of a <see cref="MailStatus"/>. What arrived has arrived, whatever a later attempt of ours met.</summary>
    public const string Status = """
        case
          when m.delivery in ('undelivered', 'failed', 'bounced', 'rejected', 'suppressed', 'complained') then 'Failed'
          when m.delivery = 'delivered' then 'Delivered'
          when m.state = 'failed' then 'Failed'
          when m.delivery = 'deferred' then 'Delayed'
          when m.state = 'sent' or m.delivery is not null then 'Sent'
          when m.reply is not null then 'Delayed'
          else 'Queued'
        end
        """;

    /// <summary>Why it failed or is delayed, in plain English; null when all is well.</summary>
    public const string Reason = "case when m.delivery is not null then m.delivery_reason when m.state <> 'sent' then m.reply end";
}

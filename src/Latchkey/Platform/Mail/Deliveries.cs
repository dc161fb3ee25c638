using Dapper;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Data;

namespace Latchkey.Platform.Mail;

/// <summary>
/// What providers report after they took a mail. Reports come in any order and more than once; the highest rank stays, so every order
/// ends alike.
/// </summary>
public sealed class Deliveries(Database database, ActivityLog activity, Suppressions suppressions, TimeProvider clock)
{
    /// <returns>False when there is no such mail.</returns>
    public Task<bool> RecordAsync(DeliveryReport report) => database.WriteAsync(async t =>
    {
        string status = report.Status.ToString().ToLowerInvariant();
        var mail = await t.Connection!.QuerySingleOrDefaultAsync<ReportedMail>(OutboxSql.Reported, new
        {
            report.OrganizationId,
            report.MailId,
            report.ProviderId,
            report.Code,
            report.Reason,
            rank = report.Rank,
            status,
            deliveredAt = report.Status == Delivery.Delivered ? clock.GetUtcNow() : (DateTimeOffset?)null,
        }, t);
        if (mail is null) return await t.Connection!.ExecuteScalarAsync<int?>(OutboxSql.Exists, new { report.OrganizationId, report.MailId }, t) is not null;

        await activity.AppendAsync(t, new Happened(report.OrganizationId, ActivityType.WEBHOOK, $"{(mail.Channel == MailChannel.Sms ? "SMS" : "Mail")} {status}")
        {
            StorefrontId = mail.StorefrontId,
            AccountId = mail.AccountId,
            SubjectId = report.MailId,
            Detail = report.Reason,
        });
        if (report.WantsNoMore) await suppressions.AddAsync(t, report.OrganizationId, mail.Channel, mail.ToAddress, report.Reason!);
        return true;
    });

    private sealed record ReportedMail
    {
        public required Guid StorefrontId { get; init; }
        public Guid? AccountId { get; init; }
        public required string Channel { get; init; }
        public required string ToAddress { get; init; }
    }
}

/// <summary>One report on one mail.</summary>
public sealed record DeliveryReport
{
    public required Guid OrganizationId { get; init; }
    public required Guid MailId { get; init; }
    public required string ProviderId { get; init; }
    public required Delivery Status { get; init; }
    /// <summary>The provider's error code, and what it means in plain words.</summary>
    public int? Code { get; init; }
    public string? Reason { get; init; }
    /// <summary>The addressee asked for no more: nothing is sent there again.</summary>
    public bool WantsNoMore { get; init; }

    /// <summary>With the code in it, two reports of one status end alike in either order too.</summary>
    internal int Rank => (int)Status * 100_000 + Math.Clamp(Code ?? 0, 0, 99_999);
}

/// <summary>In the order of rank. Delivered is last: whoever has the mail has it, whatever else was said.</summary>
public enum Delivery
{
    Accepted = 1,
    Queued = 2,
    Sending = 3,
    Sent = 4,
    Undelivered = 5,
    Failed = 6,
    Delivered = 7,
}

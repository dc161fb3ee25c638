using System.Data.Common;
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
    public Task<bool> RecordAsync(DeliveryReport report) => database.WriteAsync(t => RecordAsync(t, report));

    /// <returns>False when there is no such mail.</returns>
    public async Task<bool> RecordAsync(DbTransaction transaction, DeliveryReport report)
    {
        string status = report.Status.ToString().ToLowerInvariant();
        var ranked = new
        {
            report.OrganizationId,
            report.MailId,
            report.ProviderId,
            report.Code,
            report.Reason,
            report.Detail,
            rank = report.Rank,
            status,
            deliveredAt = report.Status == Delivery.Delivered ? report.At ?? clock.GetUtcNow() : (DateTimeOffset?)null,
        };
        var changed = await transaction.Connection!.QuerySingleOrDefaultAsync<ReportedMail>(OutboxSql.Reported, ranked, transaction);
        var mail = changed ?? await transaction.Connection!.QuerySingleOrDefaultAsync<ReportedMail>(OutboxSql.Find, new { report.OrganizationId, report.MailId }, transaction);
        if (mail is null) return false;
        if (changed is null && report.EventId is null) return true;

        var happened = new Happened(report.OrganizationId, ActivityType.WEBHOOK, $"{(mail.Channel == MailChannel.Sms ? "SMS" : "Mail")} {status}")
        {
            StorefrontId = mail.StorefrontId,
            AccountId = mail.AccountId,
            SubjectId = report.MailId,
            Detail = report.Reason,
        };
        if (report.EventId is { } id) await activity.AppendOnceAsync(transaction, id, happened);
        else await activity.AppendAsync(transaction, happened);
        if (report.WantsNoMore) await suppressions.AddAsync(transaction, report.OrganizationId, mail.Channel, mail.ToAddress, report.Reason!);
        return true;
    }

    /// <summary>Whether a provider ever said anything about the mail: then it has it.</summary>
    public Task<bool> IsReportedAsync(Guid organization, Guid mail) => database.ReadAsync(async c =>
        await c.ExecuteScalarAsync<int?>(OutboxSql.IsReported, new { organization, mail }) is not null);

    internal static async Task<bool> ExistsAsync(DbTransaction transaction, Guid organization, Guid mail) =>
        await transaction.Connection!.QuerySingleOrDefaultAsync<ReportedMail>(OutboxSql.Find, new { OrganizationId = organization, MailId = mail }, transaction) is not null;

    /// <summary>The mail that a provider knows by the given name.</summary>
    /// <param name="transaction">The caller's.</param>
    /// <param name="providerId">The provider's name for it.</param>
    /// <param name="organization">Whose account at the provider it is; null for the installation's, which any organization's mail leaves by.</param>
    internal static async Task<(Guid OrganizationId, Guid MailId)?> FindAsync(DbTransaction transaction, string providerId, Guid? organization)
    {
        var found = await transaction.Connection!.QuerySingleOrDefaultAsync<MailName>(
            organization is null ? OutboxSql.FindByProvider : OutboxSql.FindOwnByProvider, new { providerId, organization }, transaction);
        return found is null ? null : (found.OrganizationId, found.Id);
    }

    private sealed record MailName
    {
        public required Guid OrganizationId { get; init; }
        public required Guid Id { get; init; }
    }

    private sealed record ReportedMail
    {
        public required Guid StorefrontId { get; init; }
        public Guid? AccountId { get; init; }
        public required string Channel { get; init; }
        public required string ToAddress { get; init; }
    }
}

using Latchkey.Platform.Mail;
using Latchkey.Platform.Web;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Emails;

/// <summary>What became of a mail, step by step, in words.</summary>
public static class MailTimeline
{
    public static IReadOnlyList<MailStep> Of(IStringLocalizer<Texts> l, OpenMail mail) => [.. Steps(l, mail)];

    private static IEnumerable<MailStep> Steps(IStringLocalizer<Texts> l, OpenMail mail)
    {
        yield return new(mail.CreatedAt, l["Queued"], MailStatus.Queued, null, null);
        bool isSent = mail.SentAt is not null;
        if (!isSent && mail.Attempts > 0 && mail.Reply is not null)
            yield return new(mail.FailedAt, mail.Attempts == 1 ? l["Tried once"] : l["Tried {0} times", mail.Attempts], mail.State == "failed" ? MailStatus.Failed : MailStatus.Delayed,
                MailFailure.InWords(l, mail, mail.Reply), Raw(mail.Reply, mail.ReplyCode, mail.ReplyStatus));
        if (mail.SentAt is { } sent)
            yield return new(sent, mail.IsSms ? l["Accepted by the SMS provider"] : mail.ProviderId is null ? l["Accepted by the mail server"] : l["Accepted by the mail provider"], MailStatus.Sent,
                mail.Attempts > 1 ? l["At attempt {0}.", mail.Attempts].Value : null, Raw(mail.Reply, mail.ReplyCode, mail.ReplyStatus));
        foreach (var report in mail.Reports) yield return Reported(l, report);
        if (mail.Reports.Count == 0 && mail.Delivery is not null)
            yield return new(mail.DeliveredAt, MailStatusText.Name(l, mail.Status), mail.Status, MailWords.Reason(l, mail), mail.DeliveryDetail);
        if (mail.Status == MailStatus.Failed && mail.State == "failed" && mail.Delivery is null)
            yield return new(mail.FailedAt, l["Given up"], MailStatus.Failed, null, null);
        if (mail.State == "queued" && mail.Reply is not null && mail.DueAt is { } due) yield return new(due, l["Next attempt"], MailStatus.Queued, null, null);
    }

    /// <summary>The last word of the event is what the provider's report came down to.</summary>
    private static MailStep Reported(IStringLocalizer<Texts> l, MailReportLine report)
    {
        var status = report.Event.Split(' ')[^1] switch
        {
            "delivered" => MailStatus.Delivered,
            "undelivered" or "failed" or "bounced" or "rejected" or "suppressed" or "complained" => MailStatus.Failed,
            "deferred" => MailStatus.Delayed,
            _ => MailStatus.Sent,
        };
        return new(report.At, MailStatusText.Name(l, status), status, report.Detail is { } detail && status is not MailStatus.Delivered ? MailReasons.Shown(l, detail) : null, null);
    }

    private static string? Raw(string? reply, int? code, string? status) =>
        reply is null ? null : string.Join(' ', new[] { code?.ToString(System.Globalization.CultureInfo.InvariantCulture), status, reply }.Where(p => p is { Length: > 0 } && (p == reply || !reply.Contains(p, StringComparison.Ordinal))));
}

/// <summary>One step.</summary>
/// <param name="At">When; null where it is not known.</param>
/// <param name="What">In words.</param>
/// <param name="Status">How it looks.</param>
/// <param name="Why">The reason, in plain words.</param>
/// <param name="Raw">What the server said.</param>
public sealed record MailStep(DateTimeOffset? At, string What, MailStatus Status, string? Why, string? Raw);

using Latchkey.Platform.Activity;
using Latchkey.Platform.Data;
using Latchkey.Platform.Mail.Inbox;

namespace Latchkey.Features.MailDelivery;

/// <summary>Takes up again what a mail provider reported and what was left, unmatched or failed. What is done stays done.</summary>
internal sealed class ReplayWebhook(Database database, WebhookInbox inbox, ActivityLog activity)
{
    /// <param name="organization">Whose account at the provider; all zeros for the installation's, which no organization's log tells of.</param>
    /// <param name="eventId">The event.</param>
    /// <param name="staff">Who does it: goes into the record.</param>
    /// <returns>False when there is no such event that waits for it.</returns>
    public async Task<bool> RunAsync(Guid organization, Guid eventId, string staff)
    {
        bool replayed = await database.WriteAsync(async t =>
        {
            if (!await inbox.ReplayAsync(t, organization, eventId)) return false;
            if (organization != Guid.Empty)
                await activity.AppendAsync(t, new Happened(organization, ActivityType.STAFF, "replayed a webhook") { SubjectId = eventId, Actor = staff });
            return true;
        });
        if (replayed) inbox.LookAgain();
        return replayed;
    }
}

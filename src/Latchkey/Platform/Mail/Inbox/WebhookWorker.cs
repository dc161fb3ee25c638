using System.Data.Common;
using Latchkey.Platform.Data;
using Latchkey.Platform.Mail.Providers;

namespace Latchkey.Platform.Mail.Inbox;

/// <summary>Works off what mail providers reported: its effect on the mail and its being done are one transaction.</summary>
internal sealed partial class WebhookWorker(WebhookInbox inbox, Deliveries deliveries, Database database, ILogger<WebhookWorker> log) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);
    private const int MostClaimed = 64, AtOnce = 8, MostLooks = 4, MostAttempts = 20;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var claimed = await inbox.ClaimAsync(MostClaimed);
                await Parallel.ForEachAsync(claimed, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (one, _) => await SettleAsync(one));
                if (claimed.Count < MostClaimed) await inbox.WaitAsync(LookEvery, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // What was claimed comes back when its lease ends.
                LoopFailed(e);
                await inbox.WaitAsync(LookEvery, CancellationToken.None);
            }
        }
    }

    private async Task SettleAsync(ClaimedEvent claimed)
    {
        try
        {
            await database.WriteAsync(t => SettleAsync(t, claimed));
        }
        catch (Exception e) when (e is not DbException)
        {
            EventFailed(e, claimed.Id, claimed.Provider);
            await database.WriteAsync(t => inbox.LeaveAsync(t, claimed, WebhookState.Failed, "It could not be worked off. The log says why."));
        }
    }

    private async Task SettleAsync(DbTransaction transaction, ClaimedEvent claimed)
    {
        if (claimed.Attempts > MostAttempts)
            await inbox.LeaveAsync(transaction, claimed, WebhookState.Failed, "It was tried too often. The log says why.");
        else if (MailProviderFields.Named(claimed.Provider) is not { } provider || inbox.Open(claimed) is not { } json)
            await inbox.LeaveAsync(transaction, claimed, WebhookState.Failed, "It cannot be read with this installation's key.");
        else if (MailEvents.Read(provider, json) is not { } read)
            await inbox.DoneAsync(transaction, claimed, "It says nothing about the way of a mail.");
        else if (await FindAsync(transaction, claimed, read) is not { } mail)
            await NotFoundAsync(transaction, claimed, read);
        else if (await inbox.DoneAsync(transaction, claimed))
            await deliveries.RecordAsync(transaction, MailReports.Of(read, mail, claimed.ReceivedAt));
    }

    private static async Task<MessageKey?> FindAsync(DbTransaction transaction, ClaimedEvent claimed, MailEvent read)
    {
        Guid? owner = claimed.OrganizationId == Guid.Empty ? null : claimed.OrganizationId;
        if (read.Key is { } key) return (owner is null || key.OrganizationId == owner) && await Deliveries.ExistsAsync(transaction, key.OrganizationId, key.MailId) ? key : null;
        if (read.ProviderId is not { } id || await Deliveries.FindAsync(transaction, id, owner) is not { } found) return null;
        return new MessageKey(found.OrganizationId, found.MailId);
    }

    /// <summary>A report that lacks our key may be faster than our own note of what the provider calls the mail.</summary>
    private Task NotFoundAsync(DbTransaction transaction, ClaimedEvent claimed, MailEvent read) => read.Key is null && claimed.Attempts < MostLooks
        ? inbox.LaterAsync(transaction, claimed, TimeSpan.FromMinutes(Math.Pow(4, claimed.Attempts - 1)), "No mail of ours has this name yet.")
        : inbox.LeaveAsync(transaction, claimed, WebhookState.Unmatched, "It is about no mail of ours.");

    [LoggerMessage(Level = LogLevel.Error, Message = "The inbox of mail providers could not reach the database; it goes on trying.")]
    private partial void LoopFailed(Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Event {EventId} of {Provider} could not be worked off.")]
    private partial void EventFailed(Exception exception, Guid eventId, string provider);
}

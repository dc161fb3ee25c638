using System.Data.Common;
using Latchkey.Platform.Data;
using Latchkey.Platform.Mail.Inbox;

namespace Latchkey.Features.Payments;

/// <summary>Works off what the payment provider reported, each event once.</summary>
internal sealed partial class PaymentInbox(WebhookInbox inbox, Database database, SettleEvent settleEvent, ILogger<PaymentInbox> log) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);
    private const int MostClaimed = 16, AtOnce = 4, MostAttempts = 30;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var claimed = await inbox.ClaimAsync(MostClaimed, payments: true);
                await Parallel.ForEachAsync(claimed, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stoppingToken }, async (one, cancel) => await SettleAsync(one, cancel));
                if (claimed.Count < MostClaimed) await inbox.WaitForPaymentsAsync(LookEvery, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // What was claimed comes back when its lease ends.
                LoopFailed(e);
                await inbox.WaitForPaymentsAsync(LookEvery, CancellationToken.None);
            }
        }
    }

    private async Task SettleAsync(ClaimedEvent claimed, CancellationToken cancel)
    {
        try
        {
            var outcome = inbox.Open(claimed) is { } json ? await settleEvent.RunAsync(claimed.OrganizationId, json, cancel) : (EventOutcome?)null;
            await database.WriteAsync(t => NoteAsync(t, claimed, outcome), CancellationToken.None);
        }
        catch (Exception e) when (e is not (DbException or OperationCanceledException))
        {
            EventFailed(e, claimed.Id);
            await database.WriteAsync(t => inbox.LeaveAsync(t, claimed, WebhookState.Failed, "It could not be worked off. The log says why."), CancellationToken.None);
        }
    }

    private Task NoteAsync(DbTransaction transaction, ClaimedEvent claimed, EventOutcome? outcome) => outcome switch
    {
        EventOutcome.Done => inbox.DoneAsync(transaction, claimed),
        EventOutcome.Nothing => inbox.DoneAsync(transaction, claimed, "It is about nothing that is kept here."),
        EventOutcome.Doubted => inbox.LeaveAsync(transaction, claimed, WebhookState.Failed, "Amount, currency or customer differ from what was asked for. Nothing was marked paid."),
        EventOutcome.Unknown when claimed.Attempts >= 8 => inbox.LeaveAsync(transaction, claimed, WebhookState.Unmatched, "It names nothing that is known here."),
        EventOutcome.Unknown => inbox.LaterAsync(transaction, claimed, Wait(claimed), "It names nothing that is known here yet."),
        EventOutcome.TryLater when claimed.Attempts >= MostAttempts => inbox.LeaveAsync(transaction, claimed, WebhookState.Failed, "The provider could not be asked for too long."),
        EventOutcome.TryLater => inbox.LaterAsync(transaction, claimed, Wait(claimed), "The provider could not be asked."),
        null => inbox.LeaveAsync(transaction, claimed, WebhookState.Failed, "It cannot be read with this installation's key."),
    };

    /// <summary>15 s, 1 min, 4 min … 6 h: eight looks are a day.</summary>
    private static TimeSpan Wait(ClaimedEvent claimed) => TimeSpan.FromSeconds(Math.Min(21_600, 15 * Math.Pow(4, claimed.Attempts - 1)));

    [LoggerMessage(Level = LogLevel.Error, Message = "The inbox of the payment provider could not reach the database; it goes on trying.")]
    private partial void LoopFailed(Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Event {EventId} of the payment provider could not be worked off.")]
    private partial void EventFailed(Exception exception, Guid eventId);
}

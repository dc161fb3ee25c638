using Latchkey.Features.BillingPlans;
using Latchkey.Features.Subscriptions;
using Latchkey.Platform;
using Latchkey.Platform.Payments.Test;

namespace Latchkey.Features.Payments;

/// <summary>What happens to money by the clock. Each part claims its own work, so any number of nodes may run it.</summary>
internal sealed partial class MoneyClock(
    TestDesk testDesk, EndWhatIsOver endWhatIsOver, RunBilling runBilling, CollectInvoices collectInvoices, LookAgain lookAgain, SendRefunds sendRefunds, Reconcile reconcile,
    WarnOfExpiry warnOfExpiry, MoneySignal signal, ILogger<MoneyClock> log)
    : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await TryAsync(testDesk.SettleAsync);
            await TryAsync(() => endWhatIsOver.RunAsync(stoppingToken));
            await TryAsync(() => runBilling.RunAsync(stoppingToken));
            await TryAsync(() => collectInvoices.RunAsync(stoppingToken));
            await TryAsync(() => lookAgain.RunAsync(stoppingToken));
            await TryAsync(() => sendRefunds.RunAsync(stoppingToken));
            await TryAsync(() => reconcile.RunAsync(stoppingToken));
            await TryAsync(() => warnOfExpiry.RunAsync(stoppingToken));
            try
            {
                await signal.WaitAsync(Every, stoppingToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task TryAsync(Func<Task> part)
    {
        try
        {
            await part();
        }
        catch (OperationCanceledException)
        {
            // stopping
        }
        catch (Exception e)
        {
            // One thing that can't be done keeps nobody from signing in, and no other part from its work.
            Failed(e);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Payments could not be looked after; it is tried again in seconds.")]
    private partial void Failed(Exception exception);
}

/// <summary>Wakes what looks after payments.</summary>
public sealed class MoneySignal : Signal;

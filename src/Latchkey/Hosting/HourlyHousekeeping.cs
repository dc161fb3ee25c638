using System.Data.Common;
using Latchkey.Features.Approvals;
using Latchkey.Features.ImportJobs;
using Latchkey.Features.Retention;
using Latchkey.Features.SignIn;
using Latchkey.Features.SignUps;
using Latchkey.Platform.Data;
using Latchkey.Platform.Mail.Inbox;
using Latchkey.SignIn;

namespace Latchkey.Hosting;

/// <summary>Clears away once an hour what has no use any more. Nodes doing it at the same time do no harm.</summary>
internal sealed partial class HourlyHousekeeping(Database database, Housekeeping housekeeping, ForgetUnknown forgetUnknown, ForgetMerged forgetMerged, ForgetSignUps forgetSignUps, ForgetImports forgetImports, ForgetOld forgetOld, WebhookInbox inbox, ILogger<HourlyHousekeeping> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1));
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await database.WriteAsync(t => housekeeping.ForgetThrottlesAsync(t, stoppingToken), stoppingToken);
                await database.WriteAsync(t => forgetUnknown.RunAsync(t, stoppingToken), stoppingToken);
                await database.WriteAsync(t => housekeeping.ForgetChallengesAsync(t, stoppingToken), stoppingToken);
                await database.WriteAsync(t => inbox.ForgetAsync(t, stoppingToken), stoppingToken);
                await database.WriteAsync(t => housekeeping.ForgetPasswordAsksAsync(t, stoppingToken), stoppingToken);
                await database.WriteAsync(t => forgetMerged.RunAsync(t, stoppingToken), stoppingToken);
                await database.WriteAsync(t => forgetSignUps.RunAsync(t, stoppingToken), stoppingToken);
                await forgetImports.RunAsync(stoppingToken);
                await forgetOld.RunAsync(stoppingToken);
            }
            catch (DbException e)
            {
                Failed(e);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Housekeeping failed; it is tried again in an hour.")]
    private partial void Failed(Exception exception);
}

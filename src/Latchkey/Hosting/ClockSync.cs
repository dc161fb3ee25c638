using System.Data.Common;
using Latchkey.Platform.Data;

namespace Latchkey.Hosting;

/// <summary>Keeps the one clock at the database's time.</summary>
public sealed partial class ClockSync(DatabaseClock clock, ILogger<ClockSync> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await clock.SyncAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await clock.SyncAsync(stoppingToken);
            }
            catch (DbException e)
            {
                Failed(e); // the monotonic counter goes on from the last sync
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The clock could not be synchronised with the database.")]
    private partial void Failed(Exception exception);
}

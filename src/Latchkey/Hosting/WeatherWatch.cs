using System.Data.Common;
using Latchkey.Features.Weather;

namespace Latchkey.Hosting;

/// <summary>Looks at the weather of every organization once a minute, and counts the days now and then.</summary>
internal sealed partial class WeatherWatch(TakeTurn takeTurn, LookAtWeather look, TellWaiting tell, CountDays count, ILogger<WeatherWatch> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TakeTurn.LooksEvery);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                var turn = await takeTurn.RunAsync(stoppingToken);
                foreach (var organization in turn.Organizations)
                {
                    if (turn.Looks) await look.RunAsync(organization, stoppingToken);
                    if (turn.Looks) await tell.RunAsync(organization, stoppingToken);
                    if (turn.Counts) await count.RunAsync(organization, stoppingToken);
                }
            }
            catch (DbException e)
            {
                Failed(e);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The weather could not be looked at; it is tried again in a minute.")]
    private partial void Failed(Exception exception);
}

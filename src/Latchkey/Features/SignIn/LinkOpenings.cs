using System.Collections.Concurrent;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Features.SignIn;

/// <summary>
/// Notes that links were looked at, by people and by scanners: evidence for the diagnosis. Written aside, many at a time, so that looking
/// costs the looker nothing; a crash may lose the last second. A look that leads to signing in is noted by that.
/// </summary>
public sealed partial class LinkOpenings(Database database, SignInLinks links, ILogger<LinkOpenings> log) : BackgroundService
{
    private const int MostKept = 10_000;
    private static readonly TimeSpan WriteEvery = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, LinkOpening> seen = new(StringComparer.Ordinal);

    public void Note(Storefront storefront, LinkToken token)
    {
        if (seen.Count < MostKept)
            seen.AddOrUpdate(token.Value, _ => new LinkOpening(storefront.Key, token, 1), (_, known) => known with { Times = known.Times + 1 });
    }

    public void Redeemed(LinkToken token) => seen.TryRemove(token.Value, out _);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(WriteEvery, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await WriteAsync();
        }
    }

    private async Task WriteAsync()
    {
        var batch = new List<LinkOpening>();
        foreach (string token in seen.Keys)
            if (seen.TryRemove(token, out var opening)) batch.Add(opening);
        if (batch.Count == 0) return;
        try
        {
            await database.WriteAsync(t => links.OpenedAsync(t, batch), CancellationToken.None);
        }
        catch (Exception e)
        {
            Failed(e);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Openings of links could not be noted.")]
    private partial void Failed(Exception exception);
}

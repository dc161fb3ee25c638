using System.Data.Common;
using Dapper;
using Latchkey.Platform.Data;

namespace Latchkey.Features.Weather;

/// <summary>Looks at one organization's mails: notices what goes wrong, who waits because of it, and when it is over.</summary>
public sealed class LookAtWeather(Database database, TimeProvider clock)
{
    /// <summary>After it nobody is told any more: a mail about last week helps nobody.</summary>
    public static readonly TimeSpan Finishes = TimeSpan.FromDays(2);

    public async Task RunAsync(Guid organizationId, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var (mails, known) = await database.ReadAsync(async c => (
            (await c.QueryAsync<TriedMail>(new CommandDefinition(WeatherSql.Tried, new { organizationId, since = TimeIds.First(now - WeatherSigns.LooksBack) }, cancellationToken: cancel))).AsList(),
            (await c.QueryAsync<Noticed>(new CommandDefinition(WeatherSql.Unfinished, new { organizationId, from = TimeIds.First(now - Finishes) }, cancellationToken: cancel))).AsList()), cancel);
        var signs = WeatherSigns.Of(mails, now, known.Exists(w => w is { Kind: WeatherKind.WebhookSilent, OverAt: null }));
        if (signs.Count == 0 && known.Count == 0) return;
        await database.WriteAsync(t => WriteAsync(t, organizationId, signs, known, now), cancel);
    }

    private static async Task WriteAsync(DbTransaction transaction, Guid organizationId, IReadOnlyList<WeatherSign> signs, List<Noticed> known, DateTimeOffset now)
    {
        var connection = transaction.Connection!;
        foreach (var sign in signs)
            await connection.ExecuteAsync(WeatherSql.Notice, new { organizationId, id = Guid.CreateVersion7(now), kind = sign.Kind.ToString(), domain = sign.Domain, since = sign.Since, says = sign.Says, now }, transaction);
        foreach (var weather in (await connection.QueryAsync<Noticed>(WeatherSql.Unfinished, new { organizationId, from = TimeIds.First(now - Finishes) }, transaction)).AsList())
        {
            var of = new { organizationId, id = weather.Id, now };
            bool goesOn = signs.Any(s => s.Kind == weather.Kind && s.Domain == weather.Domain);
            if (weather.OverAt is null && weather.Kind != WeatherKind.WebhookSilent)
                await connection.ExecuteAsync(WeatherSql.AddWaiting, new
                {
                    organizationId,
                    id = weather.Id,
                    from = TimeIds.First(weather.Since),
                    domain = weather.Domain,
                    addresses = weather.Domain.Length == 0 ? "%" : $"%@{LikePattern.Anywhere(weather.Domain).Trim('%')}",
                }, transaction);
            await connection.ExecuteAsync(WeatherSql.SettleIn, of, transaction);
            await connection.ExecuteAsync(WeatherSql.SettleMailed, of, transaction);
            if (weather.OverAt is null && !goesOn) await connection.ExecuteAsync(WeatherSql.Over, of, transaction);
            await connection.ExecuteAsync(WeatherSql.Count, of, transaction);
        }
    }
}

using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Dapper;
using Latchkey.Platform.Data;
using Latchkey.SignIn;
using Latchkey.SignIn.Diagnosis;

namespace Latchkey.Features.Weather;

/// <summary>
/// Counts an organization's days of signing in. A day changes until the requests of its last minute are over, so the newest two are counted
/// again; older ones stay as they are, also when the requests of unknown addresses are forgotten.
/// </summary>
public sealed class CountDays(Database database, TimeProvider clock)
{
    public const int MostDays = 30;

    public async Task RunAsync(Guid organizationId, CancellationToken cancel)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var first = await database.ReadAsync(c => FirstAsync(c, organizationId, today, cancel), cancel);
        for (var day = first; day <= today; day = day?.AddDays(1))
        {
            var counted = await database.ReadAsync(c => CountAsync(c, organizationId, day!.Value, cancel), cancel);
            await database.WriteAsync(t => t.Connection!.ExecuteAsync(DaySql.Write, counted, t), cancel);
        }
    }

    /// <returns>Null when there is nothing new.</returns>
    private static async Task<DateOnly?> FirstAsync(DbConnection c, Guid organizationId, DateOnly today, CancellationToken cancel)
    {
        string? newest = await c.ExecuteScalarAsync<string?>(new CommandDefinition(DaySql.Newest, new { organizationId }, cancellationToken: cancel));
        var first = today.AddDays(1 - MostDays);
        if (newest is not null && DateOnly.Parse(newest, CultureInfo.InvariantCulture).AddDays(-1) is var again && again > first) first = again;
        var any = new CommandDefinition(DaySql.IsAny, new { organizationId, from = TimeIds.First(Start(first)) }, cancellationToken: cancel);
        return await c.ExecuteScalarAsync<int?>(any) is null ? null : first;
    }

    private async Task<object> CountAsync(DbConnection c, Guid organizationId, DateOnly day, CancellationToken cancel)
    {
        var (start, end, now) = (Start(day), Start(day.AddDays(1)), clock.GetUtcNow());
        var of = new { organizationId, from = TimeIds.First(start), before = TimeIds.First(end), start, end, now, reason = Sessions.CookieLost };
        CommandDefinition Command(string sql) => new(sql, of, cancellationToken: cancel);
        var requests = await c.QuerySingleAsync<Requests>(Command(DaySql.Requests));
        var causes = (await c.QueryAsync<Times>(Command(DaySql.Causes))).ToDictionary(t => t.Cause, t => t.Number, StringComparer.Ordinal);
        long lost = await c.ExecuteScalarAsync<long>(Command(DaySql.CookiesLost)), limited = await c.ExecuteScalarAsync<long>(Command(DaySql.Limited));
        if (lost > 0) causes[nameof(Cause.CookieNotKept)] = lost;
        if (limited > 0) causes[nameof(Cause.TooManyRequests)] = limited;
        return new
        {
            organizationId,
            day = day.ToString("O", CultureInfo.InvariantCulture),
            asked = requests.Asked,
            sent = requests.Sent,
            delivered = await c.ExecuteScalarAsync<long>(Command(DaySql.Delivered)),
            opened = requests.Opened,
            signedIn = requests.SignedIn,
            causes = JsonSerializer.Serialize(causes),
            now,
        };
    }

    private static DateTimeOffset Start(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);

    private sealed record Requests
    {
        public required long Asked { get; init; }
        public required long Sent { get; init; }
        public required long Opened { get; init; }
        public required long SignedIn { get; init; }
    }

    private sealed record Times
    {
        public required string Cause { get; init; }
        public required long Number { get; init; }
    }
}

using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Dapper;
using Latchkey.Platform.Data;
using Latchkey.SignIn.Diagnosis;

namespace Latchkey.Features.Weather;

/// <summary>Two weeks of signing in by day, and the commonest causes of the last one with how often their verdict was right.</summary>
public sealed class SignInReport(Database database, TimeProvider clock)
{
    public const int Shown = 14;
    private const int MostCauses = 10;

    public Task<SignInFigures> RunAsync(Guid organizationId, CancellationToken cancel) => database.ReadAsync(async c =>
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var rows = (await c.QueryAsync<Row>(new CommandDefinition(DaySql.Days, new { organizationId, first = Text(today.AddDays(1 - Shown)) }, cancellationToken: cancel)))
            .ToDictionary(r => r.Day, StringComparer.Ordinal);
        var days = Enumerable.Range(0, Shown).Select(i => today.AddDays(i + 1 - Shown))
            .Select(d => rows.TryGetValue(Text(d), out var row) ? new SignInDay(d, row.Asked, row.Sent, row.Delivered, row.Opened, row.SignedIn) : new SignInDay(d, 0, 0, 0, 0, 0)).ToList();
        return new SignInFigures(days, await CausesAsync(c, organizationId, rows.Values.Where(r => string.CompareOrdinal(r.Day, Text(today.AddDays(-6))) >= 0), cancel));
    }, cancel);

    private async Task<IReadOnlyList<CauseOfWeek>> CausesAsync(DbConnection c, Guid organizationId, IEnumerable<Row> week, CancellationToken cancel)
    {
        var times = week.SelectMany(r => JsonSerializer.Deserialize<Dictionary<string, long>>(r.Causes)!).GroupBy(p => p.Key, p => p.Value, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Sum(), StringComparer.Ordinal);
        var from = TimeIds.First(clock.GetUtcNow().AddDays(-7));
        var verdicts = (await c.QueryAsync<Judged>(new CommandDefinition(DaySql.Verdicts, new { organizationId, from }, cancellationToken: cancel))).ToDictionary(v => v.Cause, StringComparer.Ordinal);
        return [.. times.Keys.Union(verdicts.Keys, StringComparer.Ordinal).Where(n => Enum.TryParse<Cause>(n, out _)).Select(name => new CauseOfWeek(
                Enum.Parse<Cause>(name), times.GetValueOrDefault(name), verdicts.TryGetValue(name, out var judged) ? judged.Times : 0, judged?.RightTimes ?? 0))
            .OrderByDescending(x => x.Times).ThenByDescending(x => x.Judged).Take(MostCauses)];
    }

    private static string Text(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);

    private sealed record Row
    {
        public required string Day { get; init; }
        public required long Asked { get; init; }
        public required long Sent { get; init; }
        public required long Delivered { get; init; }
        public required long Opened { get; init; }
        public required long SignedIn { get; init; }
        public required string Causes { get; init; }
    }

    private sealed record Judged
    {
        public required string Cause { get; init; }
        public required long Times { get; init; }
        public required long RightTimes { get; init; }
    }
}

/// <param name="Days">Oldest first, one for each day.</param>
/// <param name="Causes">Commonest first.</param>
public sealed record SignInFigures(IReadOnlyList<SignInDay> Days, IReadOnlyList<CauseOfWeek> Causes)
{
    /// <summary>Where deliveries are never reported, their number says nothing.</summary>
    public bool KnowsDeliveries => Days.Any(d => d.Delivered > 0);
}

/// <summary>Requests of one day, and how far they got.</summary>
public sealed record SignInDay(DateOnly Day, long Asked, long Sent, long Delivered, long Opened, long SignedIn);

/// <param name="Cause">Why.</param>
/// <param name="Times">Requests of the week that led nowhere because of it.</param>
/// <param name="Judged">How often staff said whether that verdict was right.</param>
/// <param name="Right">How often it was.</param>
public sealed record CauseOfWeek(Cause Cause, long Times, long Judged, long Right);

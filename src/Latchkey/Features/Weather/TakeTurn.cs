using Dapper;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;

namespace Latchkey.Features.Weather;

/// <summary>Whose turn it is to look: of any number of nodes one, by one statement.</summary>
public sealed class TakeTurn(Database database, TimeProvider clock)
{
    public static readonly TimeSpan LooksEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan CountsEvery = TimeSpan.FromMinutes(5);

    public async Task<Turn> RunAsync(CancellationToken cancel)
    {
        bool looks = await TakeAsync(WeatherSql.TakeLook, LooksEvery, cancel), counts = await TakeAsync(WeatherSql.TakeCount, CountsEvery, cancel);
        return new Turn(looks, counts, looks || counts ? await OrganizationsAsync(cancel) : []);
    }

    private Task<IReadOnlyList<Guid>> OrganizationsAsync(CancellationToken cancel) => database.ReadAsync<IReadOnlyList<Guid>>(async c =>
        (await c.QueryAsync<Guid>(new CommandDefinition(WeatherSql.Organizations, cancellationToken: cancel))).AsList(), cancel);

    /// <summary>A little less than the time itself: ticks come a little early or late.</summary>
    private Task<bool> TakeAsync(string sql, TimeSpan every, CancellationToken cancel) => database.WriteAsync(async t =>
        (await t.Connection!.QueryAsync<DateTimeOffset>(sql, new { installation = ConsoleRealm.Installation, now = clock.GetUtcNow(), before = clock.GetUtcNow() - (every * 0.9) }, t)).Any(), cancel);
}

/// <param name="Looks">To look at the weather.</param>
/// <param name="Counts">To count the days.</param>
/// <param name="Organizations">Whose.</param>
public sealed record Turn(bool Looks, bool Counts, IReadOnlyList<Guid> Organizations);

using Dapper;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Data;

namespace Latchkey.Features.Weather;

/// <summary>"Tell them when it is over": notes the wish; <see cref="TellWaiting"/> does it.</summary>
public sealed class TellWhenOver(Database database, ActivityLog activity, TimeProvider clock)
{
    /// <returns>False when the organization has no such weather, or the wish was noted before.</returns>
    public Task<bool> RunAsync(Guid organizationId, Guid id, string staff, CancellationToken cancel) => database.WriteAsync(async t =>
    {
        if (await t.Connection!.QueryFirstOrDefaultAsync<Guid?>(WeatherSql.WantTold, new { organizationId, id, staff, now = clock.GetUtcNow() }, t) is null) return false;
        await activity.AppendAsync(t, new Happened(organizationId, ActivityType.STAFF, "asked to tell those who wait") { SubjectId = id, Actor = staff });
        return true;
    }, cancel);
}

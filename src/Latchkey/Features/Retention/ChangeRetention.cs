using System.Globalization;
using Dapper;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Data;

namespace Latchkey.Features.Retention;

/// <summary>Changes for how long an organization keeps what. The next sweep goes by it.</summary>
public sealed class ChangeRetention(Database database, RetentionSettings settings, ActivityLog activity, TimeProvider clock)
{
    /// <param name="organizationId">Whose.</param>
    /// <param name="wanted">In days, of those to choose from; null: as the installation does.</param>
    /// <param name="staff">Who changes it.</param>
    /// <param name="cancel">Cancels it.</param>
    public async Task RunAsync(Guid organizationId, IReadOnlyDictionary<RetentionKind, int?> wanted, string staff, CancellationToken cancel)
    {
        var before = await settings.RunAsync(organizationId, cancel);
        var changed = wanted.Where(w => w.Value != before[w.Key]).ToList();
        if (changed.Count == 0) return;
        await database.WriteAsync(async t =>
        {
            foreach (var (kind, days) in changed)
                await t.Connection!.ExecuteAsync(days is null || days == kind.Default() ? RetentionSql.Unset : RetentionSql.Set,
                    new { organizationId, kind = kind.ToString(), days, now = clock.GetUtcNow() }, t);
            await activity.AppendAsync(t, new Happened(organizationId, ActivityType.STAFF, "retention changed")
            {
                Actor = staff,
                Changes = changed.ToDictionary(c => c.Key.ToString(), c => new[] { Text(before[c.Key]), Text(c.Value) }, StringComparer.Ordinal),
            });
        }, cancel);
    }

    private static string? Text(int? days) => days?.ToString(CultureInfo.InvariantCulture);
}

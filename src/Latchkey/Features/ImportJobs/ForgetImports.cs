using Dapper;
using Latchkey.Platform.Data;

namespace Latchkey.Features.ImportJobs;

/// <summary>Forgets files that were never imported, and what undoing an import would need once that is over.</summary>
internal sealed class ForgetImports(Database database, TimeProvider clock)
{
    private static readonly TimeSpan DraftsKept = TimeSpan.FromDays(7);
    private const int RowsAtOnce = 2000;

    public async Task RunAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        await database.WriteAsync(async t =>
        {
            foreach (var job in (await t.Connection!.QueryAsync<Draft>(ImportJobSql.ForgetDrafts, new { before = now - DraftsKept }, t)).AsList())
                foreach (string sql in new[] { ImportJobSql.ForgetChunks, ImportJobSql.ForgetBadRows, ImportJobSql.ForgetRows })
                    await t.Connection!.ExecuteAsync(sql, new { organizationId = job.OrganizationId, id = job.Id }, t);
        }, cancel);
        var over = new { before = now - DecideImport.UndoableFor - TimeSpan.FromDays(1), most = RowsAtOnce };
        foreach (string sql in new[] { ImportJobSql.ForgetOldRows, ImportJobSql.ForgetOldBadRows })
            while (await database.WriteAsync(t => t.Connection!.ExecuteAsync(sql, over, t), cancel) == RowsAtOnce) await Task.Yield();
    }

    private sealed record Draft
    {
        public required Guid OrganizationId { get; init; }
        public required Guid Id { get; init; }
    }
}

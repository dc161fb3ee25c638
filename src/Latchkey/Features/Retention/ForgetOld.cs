using System.Data.Common;
using Dapper;
using Latchkey.Platform.Data;
using Latchkey.SignIn;

namespace Latchkey.Features.Retention;

/// <summary>Forgets what organizations said they keep no longer, in steps so small that nobody at the counter waits for one.</summary>
public sealed class ForgetOld(Database database, TimeProvider clock)
{
    private const int RowsAtOnce = 500;
    /// <summary>What is left goes an hour later.</summary>
    private const int MostSteps = 400;

    public async Task RunAsync(CancellationToken cancel)
    {
        var all = await database.ReadAsync(async c => (await c.QueryAsync<KeptFor>(new CommandDefinition(RetentionSql.All, cancellationToken: cancel))).AsList(), cancel);
        foreach (var kept in all)
        {
            // Never earlier than what may be chosen today, whatever is in the table.
            var before = clock.GetUtcNow().AddDays(-Math.Max(kept.Days, kept.Kind.Least()));
            for (int step = 0; step < MostSteps; step++)
                if (await database.WriteAsync(t => StepAsync(t, kept, before, cancel), cancel) < RowsAtOnce) break;
        }
    }

    private static Task<int> StepAsync(DbTransaction transaction, KeptFor kept, DateTimeOffset before, CancellationToken cancel) => kept.Kind switch
    {
        RetentionKind.MailContent => BlankAsync(transaction, kept, before),
        RetentionKind.Activity => ExecuteAsync(transaction, RetentionSql.Activity, kept, before),
        RetentionKind.Webhooks => ExecuteAsync(transaction, RetentionSql.Webhooks, kept, before),
        RetentionKind.SignIns => Housekeeping.ForgetSignInsAsync(transaction, kept.OrganizationId, before, TimeIds.First(before), RowsAtOnce, cancel),
    };

    /// <summary>The rows stay, so it is kept how far this came: else every sweep would read all of them again.</summary>
    private static async Task<int> BlankAsync(DbTransaction transaction, KeptFor kept, DateTimeOffset before)
    {
        var where = new { kept.OrganizationId, kind = kept.Kind.ToString(), none = TimeIds.Before, first = TimeIds.First(before), most = RowsAtOnce };
        var ids = (await transaction.Connection!.QueryAsync<Guid>(RetentionSql.NextMails, where, transaction)).AsList();
        if (ids.Count == 0) return 0;
        var range = new { kept.OrganizationId, where.kind, from = ids[0], to = ids[^1] };
        await transaction.Connection!.ExecuteAsync(RetentionSql.MailContent, range, transaction);
        await transaction.Connection!.ExecuteAsync(RetentionSql.Swept, range, transaction);
        return ids.Count;
    }

    private static Task<int> ExecuteAsync(DbTransaction transaction, string sql, KeptFor kept, DateTimeOffset before) =>
        transaction.Connection!.ExecuteAsync(sql, new { kept.OrganizationId, first = TimeIds.First(before), most = RowsAtOnce }, transaction);
}

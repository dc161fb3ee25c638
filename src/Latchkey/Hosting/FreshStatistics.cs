using Dapper;
using Latchkey.Platform.Data;
using Npgsql;

namespace Latchkey.Hosting;

/// <summary>
/// On PostgreSQL, plans made while tables were nearly empty stay in use while they fill: on a new installation's first day the server's
/// own statistics come too late. So tables that grew are analyzed soon after the start, then now and then; that replaces the plans.
/// </summary>
public sealed partial class FreshStatistics(Database database, ILogger<FreshStatistics> log) : BackgroundService
{
    private const string Grown = """
        select quote_ident(s.relname) from pg_stat_user_tables s join pg_class c on c.oid = s.relid
        where s.schemaname = current_schema() and s.n_mod_since_analyze > 50 + 0.2 * greatest(c.reltuples, 0)
        """;

    private static readonly double[] Seconds = [2, 3, 5, 10, 20, 40, 80, 160, 300];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (int i = 0; database is PostgresDatabase && !stoppingToken.IsCancellationRequested; i++)
        {
            await Task.Delay(TimeSpan.FromSeconds(Seconds[Math.Min(i, Seconds.Length - 1)]), stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                await AnalyzeAsync(stoppingToken);
            }
            catch (Exception e) when (e is NpgsqlException or OperationCanceledException)
            {
                if (!stoppingToken.IsCancellationRequested) Failed(e);
            }
        }
    }

    private Task<int> AnalyzeAsync(CancellationToken cancel) => database.ReadAsync(async c =>
    {
        int analyzed = 0;
        foreach (string table in await c.QueryAsync<string>(new CommandDefinition(Grown, cancellationToken: cancel)))
        {
            await c.ExecuteAsync(new CommandDefinition($"analyze {table}", cancellationToken: cancel));
            analyzed++;
        }
        return analyzed;
    }, cancel);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The tables' statistics could not be renewed; plans may be slow until the server does it by itself.")]
    private partial void Failed(Exception exception);
}

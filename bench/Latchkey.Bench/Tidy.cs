using System.Data.Common;
using Latchkey.Platform.Data;

namespace Latchkey.Bench;

/// <summary>What an engine does by itself after some hours: statistics, and nothing left in the write-ahead log.</summary>
internal static class Tidy
{
    /// <param name="database">Where.</param>
    /// <param name="tables">
    /// Tables that have rows. On PostgreSQL no others: for a table known to be empty it keeps a sequential scan in prepared plans while it grows.
    /// </param>
    public static Task TidyAsync(this Database database, params string[] tables) => database.ReadAsync(connection => RunAsync(connection,
        database is SqliteDatabase ? "analyze; pragma wal_checkpoint(truncate)" : $"vacuum analyze {string.Join(", ", tables)}"));

    private static async Task<int> RunAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandTimeout = 0;
        command.CommandText = sql;
        return await command.ExecuteNonQueryAsync();
    }
}

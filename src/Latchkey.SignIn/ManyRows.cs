using System.Data.Common;

namespace Latchkey.SignIn;

/// <summary>One statement for many rows: a single round trip on PostgreSQL, a single preparation on SQLite.</summary>
internal static class ManyRows
{
    public static async Task<int> ExecuteManyAsync(
        this DbTransaction transaction, string sql, IReadOnlyList<Dictionary<string, object?>> rows, CancellationToken cancel = default)
    {
        var connection = transaction.Connection!;
        if (rows.Count == 0) return 0;
        if (!connection.CanCreateBatch) return await OneByOneAsync(transaction, sql, rows, cancel);

        await using var batch = connection.CreateBatch();
        batch.Transaction = transaction;
        foreach (var row in rows)
        {
            var command = batch.CreateBatchCommand();
            command.CommandText = sql;
            foreach (var (name, value) in row)
            {
                var parameter = command.CreateParameter();
                (parameter.ParameterName, parameter.Value) = (name, value ?? DBNull.Value);
                command.Parameters.Add(parameter);
            }
            batch.BatchCommands.Add(command);
        }
        return await batch.ExecuteNonQueryAsync(cancel);
    }

    private static async Task<int> OneByOneAsync(
        DbTransaction transaction, string sql, IReadOnlyList<Dictionary<string, object?>> rows, CancellationToken cancel)
    {
        await using var command = transaction.Connection!.CreateCommand();
        (command.CommandText, command.Transaction) = (sql, transaction);
        foreach (string name in rows[0].Keys)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            command.Parameters.Add(parameter);
        }
        int affected = 0;
        foreach (var row in rows)
        {
            foreach (DbParameter parameter in command.Parameters) parameter.Value = row[parameter.ParameterName] ?? DBNull.Value;
            affected += await command.ExecuteNonQueryAsync(cancel);
        }
        return affected;
    }
}

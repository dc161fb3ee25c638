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

        await using var batch = Batch(transaction, sql, rows);
        return await batch.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>One statement for many rows: what they give back, in their order.</summary>
    public static async Task<List<T>> QueryManyAsync<T>(
        this DbTransaction transaction, string sql, IReadOnlyList<Dictionary<string, object?>> rows, Func<DbDataReader, T> read, CancellationToken cancel)
    {
        var answers = new List<T>(rows.Count);
        if (rows.Count == 0) return answers;
        if (!transaction.Connection!.CanCreateBatch)
        {
            foreach (var row in rows)
            {
                await using var command = transaction.Connection.CreateCommand();
                (command.CommandText, command.Transaction) = (sql, transaction);
                foreach (var (name, value) in row) Add(command.CreateParameter(), command.Parameters, name, value);
                await using var reader = await command.ExecuteReaderAsync(cancel);
                while (await reader.ReadAsync(cancel)) answers.Add(read(reader));
            }
            return answers;
        }
        await using var batch = Batch(transaction, sql, rows);
        await using var answer = await batch.ExecuteReaderAsync(cancel);
        do
        {
            while (await answer.ReadAsync(cancel)) answers.Add(read(answer));
        }
        while (await answer.NextResultAsync(cancel));
        return answers;
    }

    private static DbBatch Batch(DbTransaction transaction, string sql, IReadOnlyList<Dictionary<string, object?>> rows)
    {
        var batch = transaction.Connection!.CreateBatch();
        batch.Transaction = transaction;
        foreach (var row in rows)
        {
            var command = batch.CreateBatchCommand();
            command.CommandText = sql;
            foreach (var (name, value) in row) Add(command.CreateParameter(), command.Parameters, name, value);
            batch.BatchCommands.Add(command);
        }
        return batch;
    }

    private static void Add(DbParameter parameter, DbParameterCollection parameters, string name, object? value)
    {
        (parameter.ParameterName, parameter.Value) = (name, value ?? DBNull.Value);
        parameters.Add(parameter);
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

using System.Data.Common;

namespace Latchkey.SignIn;

/// <summary>Runs one SQL text with named parameters, with nothing but ADO.NET.</summary>
internal static class Statement
{
    public static DbCommand Command(this DbTransaction transaction, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = Connection(transaction).Command(sql, parameters);
        command.Transaction = transaction;
        return command;
    }

    public static DbCommand Command(this DbConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }
        return command;
    }

    public static async Task<int> ExecuteAsync(this DbCommand command, CancellationToken cancel)
    {
        await using (command) return await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>The first row, or null.</summary>
    public static async Task<T?> FirstAsync<T>(this DbCommand command, Func<DbDataReader, T?> read, CancellationToken cancel) where T : class
    {
        await using (command)
        {
            await using var reader = await command.ExecuteReaderAsync(cancel);
            return await reader.ReadAsync(cancel) ? read(reader) : null;
        }
    }

    /// <summary>The first row that any of several statements gives, or null; all of them run.</summary>
    public static async Task<T?> FirstOfManyAsync<T>(this DbCommand command, Func<DbDataReader, T?> read, CancellationToken cancel) where T : class
    {
        await using (command)
        {
            T? first = null;
            await using var reader = await command.ExecuteReaderAsync(cancel);
            do
            {
                while (await reader.ReadAsync(cancel)) first ??= read(reader);
            }
            while (await reader.NextResultAsync(cancel));
            return first;
        }
    }

    public static async Task<List<T>> ListAsync<T>(this DbCommand command, Func<DbDataReader, T> read, CancellationToken cancel)
    {
        await using (command)
        {
            var rows = new List<T>();
            await using var reader = await command.ExecuteReaderAsync(cancel);
            while (await reader.ReadAsync(cancel)) rows.Add(read(reader));
            return rows;
        }
    }

    public static DateTimeOffset Time(this DbDataReader reader, int column) => reader.GetFieldValue<DateTimeOffset>(column);

    public static DateTimeOffset? TimeOrNull(this DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.Time(column);

    public static Guid? GuidOrNull(this DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetGuid(column);

    public static string? TextOrNull(this DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private static DbConnection Connection(DbTransaction transaction) =>
        transaction.Connection ?? throw new InvalidOperationException("The transaction has ended.");
}

using System.Data.Common;
using Npgsql;

namespace Latchkey.Bench;

/// <summary>Writes many rows of one table quickly: COPY on PostgreSQL, one prepared insert on SQLite.</summary>
internal static class Rows
{
    public static Task InsertAsync(this DbTransaction transaction, string table, string columns, IEnumerable<object?[]> rows) =>
        transaction.Connection is NpgsqlConnection postgres ? CopyAsync(postgres, table, columns, rows) : PreparedAsync(transaction, table, columns, rows);

    private static async Task CopyAsync(NpgsqlConnection connection, string table, string columns, IEnumerable<object?[]> rows)
    {
        await using var copy = await connection.BeginBinaryImportAsync($"copy {table} ({columns}) from stdin (format binary)");
        copy.Timeout = TimeSpan.FromMinutes(10);
        foreach (var row in rows) await copy.WriteRowAsync(CancellationToken.None, row);
        await copy.CompleteAsync();
    }

    private static async Task PreparedAsync(DbTransaction transaction, string table, string columns, IEnumerable<object?[]> rows)
    {
        string[] names = columns.Split(',', StringSplitOptions.TrimEntries);
        await using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"insert into {table} ({columns}) values ({string.Join(", ", names.Select(n => $"@{n}"))})";
        foreach (string name in names)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            command.Parameters.Add(parameter);
        }
        foreach (var row in rows)
        {
            for (int i = 0; i < row.Length; i++) command.Parameters[i].Value = row[i] ?? DBNull.Value;
            await command.ExecuteNonQueryAsync();
        }
    }
}

using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Latchkey.Platform.Data;

/// <summary>
/// Readers' connections, kept open with their statements between uses. The write-ahead log lets them read while the writer writes.
/// </summary>
internal sealed class SqliteReaders(string connectionString) : IDisposable
{
    /// <summary>
    /// A file of this size is read where the operating system has it: a search over all people then takes a third less time. A smaller one
    /// is quick as it is, and what is mapped counts as this process's memory. A connection that was opened before the file grew stays as it is.
    /// </summary>
    private const long MappedFrom = 1L << 30;

    private readonly ConcurrentBag<KeptStatementsConnection> idle = [];
    private volatile bool disposed;

    public async Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> read)
    {
        var connection = idle.TryTake(out var known) ? known : Open();
        try
        {
            return await read(connection);
        }
        catch (SqliteException)
        {
            connection.Dispose(); // whatever state it is in
            connection = null;
            throw;
        }
        finally
        {
            if (disposed) connection?.Dispose();
            else if (connection is not null) idle.Add(connection);
        }
    }

    public void Dispose()
    {
        disposed = true;
        while (idle.TryTake(out var connection)) connection.Dispose();
    }

    private KeptStatementsConnection Open()
    {
        var connection = new KeptStatementsConnection(connectionString);
        connection.Open();
        if (new FileInfo(connection.DataSource) is not { Exists: true, Length: >= MappedFrom }) return connection;
        using var command = connection.CreateCommand();
        command.CommandText = $"pragma mmap_size = {1L << 40}";
        command.ExecuteNonQuery();
        return connection;
    }
}

using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Latchkey.Platform.Data;

/// <summary>
/// Readers' connections, kept open with their statements between uses. The write-ahead log lets them read while the writer writes.
/// </summary>
internal sealed class SqliteReaders(string connectionString) : IDisposable
{
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
        return connection;
    }
}

using System.Data.Common;

namespace Latchkey.Platform.Data;

/// <summary>
/// The database, on either engine. SQL texts are the same for both; what differs is how a write becomes durable:
/// a group commit on SQLite, a transaction on PostgreSQL. A transaction never spans a network call.
/// </summary>
public abstract class Database : IAsyncDisposable
{
    /// <summary>sqlite or postgresql, for messages.</summary>
    public abstract string Engine { get; }

    /// <summary>Reads on a connection of its own and gives it back.</summary>
    public abstract Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancel = default);

    /// <summary>
    /// Runs the work in a transaction and answers only when it is on disk. An exception undoes this work and nobody else's.
    /// The work may run again after a conflict, so it does nothing but database work.
    /// </summary>
    public abstract Task<T> WriteAsync<T>(Func<DbTransaction, Task<T>> work, CancellationToken cancel = default);

    public Task WriteAsync(Func<DbTransaction, Task> work, CancellationToken cancel = default) =>
        WriteAsync(async transaction => { await work(transaction); return true; }, cancel);

    /// <summary>The engine's own clock, to which all nodes agree.</summary>
    public abstract Task<DateTimeOffset> ClockAsync(CancellationToken cancel);

    /// <summary>Takes the lock that lets one process migrate at a time; it is held until the transaction ends.</summary>
    public abstract Task LockForMigrationAsync(DbTransaction transaction);

    /// <summary>Copies the whole database, as of one moment, into a new file while it is in use: whole or not at all.</summary>
    /// <exception cref="IOException">The file exists already, or cannot be written.</exception>
    public async Task BackupAsync(string file, CancellationToken cancel)
    {
        if (File.Exists(file)) throw new IOException($"{file} exists already: a backup never overwrites one.");
        string partial = $"{file}.partial";
        File.Delete(partial); // of a backup that was killed
        try
        {
            await CopyAsync(partial, cancel);
            using (var handle = File.OpenHandle(partial, FileMode.Open, FileAccess.ReadWrite)) RandomAccess.FlushToDisk(handle);
            File.Move(partial, file, overwrite: false);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    protected abstract Task CopyAsync(string file, CancellationToken cancel);

    /// <summary>Whether a row could not be removed because another one points to it.</summary>
    public abstract bool IsReferenced(DbException exception);

    /// <summary>After tables grew much: statements that were prepared while they were small get new plans.</summary>
    public virtual Task ReplanAsync(IEnumerable<string> tables, CancellationToken cancel) => Task.CompletedTask;

    public abstract ValueTask DisposeAsync();

    /// <summary><c>Data Source=…</c> is SQLite, <c>Host=…</c> is PostgreSQL.</summary>
    public static Database Open(string connectionString)
    {
        DapperTypes.Register();
        var parts = new DbConnectionStringBuilder { ConnectionString = connectionString };
        if (parts.ContainsKey("Data Source")) return new SqliteDatabase(connectionString);
        if (parts.ContainsKey("Host")) return new PostgresDatabase(connectionString);
        throw new FormatException("The connection string names neither a SQLite file (Data Source=…) nor a PostgreSQL server (Host=…).");
    }
}

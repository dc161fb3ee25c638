using System.Data.Common;
using System.Runtime.InteropServices;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Latchkey.Platform.Data;

/// <summary>
/// One SQLite file, one writer. Writes that arrive while another commit is being flushed run together in the next
/// transaction, each in a savepoint, and share its flush: many sign-ins for one wait on the disk.
/// </summary>
public sealed class SqliteDatabase : Database
{
    private const int MostInOneCommit = 256;

    private readonly Channel<PendingWrite> queue = Channel.CreateUnbounded<PendingWrite>(new() { SingleReader = true });
    private readonly SqliteReaders readers;
    private readonly string connectionString;
    private readonly Task writer;

    static SqliteDatabase()
    {
        // The provider's assembly asks for "e_sqlite3"; the operating system's own library is the one that is kept patched.
        NativeLibrary.SetDllImportResolver(typeof(SQLitePCL.SQLite3Provider_e_sqlite3).Assembly, (name, _, _) =>
            name == "e_sqlite3" ? NativeLibrary.Load(OperatingSystem.IsMacOS() ? "libsqlite3.dylib" : "libsqlite3.so.0") : IntPtr.Zero);
        SQLitePCL.raw.SetProvider(new SQLitePCL.SQLite3Provider_e_sqlite3());
        // A connection is never used by two threads at once, so its mutex guards nothing; nor does anybody read the memory statistics.
        SQLitePCL.raw.sqlite3_config(SQLitePCL.raw.SQLITE_CONFIG_MULTITHREAD);
        SQLitePCL.raw.sqlite3_config(SQLitePCL.raw.SQLITE_CONFIG_MEMSTATUS, 0);
    }

    public SqliteDatabase(string connectionString)
        : this(new SqliteConnectionStringBuilder(connectionString) { ForeignKeys = true, Pooling = false })
    {
    }

    private SqliteDatabase(SqliteConnectionStringBuilder settings)
    {
        connectionString = settings.ToString();
        readers = new SqliteReaders(new SqliteConnectionStringBuilder(connectionString) { ForeignKeys = null }.ToString());
        if (Path.GetDirectoryName(settings.DataSource) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
        // Reads of this writer's own batches would only wait; it has a thread of its own.
        writer = Task.Factory.StartNew(WriteLoopAsync, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
    }

    public override string Engine => "sqlite";

    public override Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        return readers.ReadAsync(read);
    }

    public override async Task<T> WriteAsync<T>(Func<DbTransaction, Task<T>> work, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        var write = new PendingWrite<T>(work);
        ObjectDisposedException.ThrowIf(!queue.Writer.TryWrite(write), this);
        return await write.Result;
    }

    public override Task<DateTimeOffset> ClockAsync(CancellationToken cancel) => Task.FromResult(TimeProvider.System.GetUtcNow());

    /// <summary>Every write transaction of SQLite is exclusive already.</summary>
    public override Task LockForMigrationAsync(DbTransaction transaction) => Task.CompletedTask;

    /// <summary>SQLITE_CONSTRAINT_FOREIGNKEY.</summary>
    public override bool IsReferenced(DbException exception) => exception is SqliteException { SqliteExtendedErrorCode: 787 };

    protected override async Task CopyAsync(string file, CancellationToken cancel)
    {
        await using var from = new SqliteConnection(connectionString);
        await using var to = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        await from.OpenAsync(cancel);
        await to.OpenAsync(cancel);
        from.BackupDatabase(to);
    }

    public override async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await writer;
        readers.Dispose();
    }

    private async Task WriteLoopAsync()
    {
        KeptStatementsConnection? connection = null;
        var batch = new List<PendingWrite>(MostInOneCommit);
        while (await queue.Reader.WaitToReadAsync())
        {
            batch.Clear();
            try
            {
                connection ??= OpenWriter();
                await CommitTogetherAsync(connection, batch);
            }
            // Disk full (SQLite then ends the transaction by itself), locked by another process for longer than the time-out, or a bug in
            // a work: this batch fails. The writer never ends, and goes on with a connection of which it knows the state.
            catch (Exception e)
            {
                if (batch.Count == 0 && queue.Reader.TryRead(out var write)) batch.Add(write);
                foreach (var failed in batch) failed.Fail(e);
                Abandon(ref connection);
                continue;
            }
            foreach (var write in batch) write.Answer();
        }
        connection?.Dispose();
    }

    private KeptStatementsConnection OpenWriter()
    {
        var connection = new KeptStatementsConnection(connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "pragma journal_mode = wal; pragma synchronous = full; pragma wal_autocheckpoint = 4000; pragma temp_store = memory; pragma cache_size = -32768;";
        command.ExecuteNonQuery();
        return connection;
    }

    private async Task CommitTogetherAsync(SqliteConnection connection, List<PendingWrite> batch)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        while (batch.Count < MostInOneCommit && queue.Reader.TryRead(out var write))
        {
            batch.Add(write);
            await RunAsync(transaction, write);
        }
        transaction.Commit(); // the flush: nobody in the batch is answered before it
    }

    private static async Task RunAsync(SqliteTransaction transaction, PendingWrite write)
    {
        transaction.Save("one");
        try
        {
            await write.RunAsync(transaction);
            transaction.Release("one");
        }
        catch (Exception e)
        {
            write.Fail(e); // first: the savepoint may be gone with the whole transaction
            transaction.Rollback("one");
            transaction.Release("one");
        }
    }

    private static void Abandon(ref KeptStatementsConnection? connection)
    {
        try
        {
            connection?.Dispose();
        }
        catch (Exception e) when (e is SqliteException or InvalidOperationException)
        {
            // It still believes in a transaction that has ended.
        }
        connection = null;
    }

    private abstract class PendingWrite
    {
        public abstract Task RunAsync(DbTransaction transaction);
        public abstract void Answer();
        public abstract void Fail(Exception exception);
    }

    private sealed class PendingWrite<T>(Func<DbTransaction, Task<T>> work) : PendingWrite
    {
        private readonly TaskCompletionSource<T> source = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? value;

        public Task<T> Result => source.Task;

        public override async Task RunAsync(DbTransaction transaction) => value = await work(transaction);
        public override void Answer() => source.TrySetResult(value!);
        public override void Fail(Exception exception) => source.TrySetException(exception);
    }
}

using System.Buffers.Binary;
using Latchkey.Platform.Data;
using Microsoft.Data.Sqlite;

namespace Latchkey.Tests.Platform.Data;

/// <summary>A SQLite file of one's own, whatever the engine of the run, with one table <c>note (id, text)</c>.</summary>
internal sealed class SqliteFile : IAsyncDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("latchkey-test-");

    SqliteFile() => Database = Database.Open(ConnectionString);

    public string ConnectionString => $"Data Source={Path}";
    public string Path => System.IO.Path.Combine(folder.FullName, "latchkey.db");
    public Database Database { get; }

    public static async Task<SqliteFile> CreateAsync()
    {
        var file = new SqliteFile();
        await file.Database.WriteAsync(t => Notes.ExecuteAsync(t, "create table note (id integer primary key, text text not null)"));
        return file;
    }

    /// <summary>A connection that shares nothing with the database's own.</summary>
    public SqliteConnection Stranger() => new($"{ConnectionString};Pooling=False");

    /// <summary>Transactions in the write-ahead log: the frames whose header holds the size of the database after a commit.</summary>
    public int Commits()
    {
        const int header = 32, frameHeader = 24;
        using var stream = new FileStream($"{Path}-wal", FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var log = new byte[stream.Length];
        stream.ReadExactly(log);
        var page = BinaryPrimitives.ReadInt32BigEndian(log.AsSpan(8));
        return Enumerable.Range(0, (log.Length - header) / (frameHeader + page))
            .Count(i => BinaryPrimitives.ReadInt32BigEndian(log.AsSpan(header + i * (frameHeader + page) + 4)) != 0);
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        folder.Delete(recursive: true);
    }
}

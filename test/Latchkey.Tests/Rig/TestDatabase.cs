using Latchkey.Platform.Data;
using Npgsql;

namespace Latchkey.Tests.Rig;

/// <summary>A migrated database of one's own, on the engine of this run. Migrated once a process, then copied.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    static readonly SemaphoreSlim Gate = new(1, 1);
    static string? template;

    readonly string own;

    TestDatabase(string name, string connectionString)
    {
        own = name;
        ConnectionString = connectionString;
    }

    public string ConnectionString { get; }

    public static async Task<TestDatabase> CreateAsync()
    {
        var name = $"latchkey_{Guid.NewGuid():n}";
        await Gate.WaitAsync();
        try
        {
            template ??= await MigrateTemplateAsync();
            if (TestEnvironment.Engine == Engine.Sqlite) File.Copy(SqliteFile(template), SqliteFile(name));
            else await AdministerAsync($"create database {name} template {template}");
        }
        finally
        {
            Gate.Release();
        }
        return new(name, Connection(name));
    }

    /// <summary>A database in which nothing has been done yet.</summary>
    public static async Task<TestDatabase> CreateEmptyAsync()
    {
        var name = $"latchkey_{Guid.NewGuid():n}";
        if (TestEnvironment.Engine == Engine.Postgres) await AdministerAsync($"create database {name}");
        return new(name, Connection(name));
    }

    public Database Open() => Database.Open(ConnectionString);

    public async ValueTask DisposeAsync()
    {
        if (TestEnvironment.Engine == Engine.Postgres)
        {
            await AdministerAsync($"drop database if exists {own} with (force)");
            return;
        }
        foreach (var suffix in new[] { "", "-wal", "-shm" }) File.Delete(SqliteFile(own) + suffix);
    }

    static async Task<string> MigrateTemplateAsync()
    {
        var name = $"latchkey_template_{Guid.NewGuid():n}";
        if (TestEnvironment.Engine == Engine.Postgres) await AdministerAsync($"create database {name}");
        await using (var database = Database.Open(Connection(name))) await new Migrator(database, TimeProvider.System).RunAsync();
        // A template must not be in use while it is copied.
        if (TestEnvironment.Engine == Engine.Postgres) NpgsqlConnection.ClearAllPools();
        return name;
    }

    static async Task AdministerAsync(string sql)
    {
        await using var connection = new NpgsqlConnection($"{TestEnvironment.Postgres};Database=postgres;Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    static string Connection(string name) => TestEnvironment.Engine == Engine.Sqlite
        ? $"Data Source={SqliteFile(name)}"
        : $"{TestEnvironment.Postgres};Database={name};Maximum Pool Size=20";

    static string SqliteFile(string name) => Path.Combine(Path.GetTempPath(), $"{name}.db");
}

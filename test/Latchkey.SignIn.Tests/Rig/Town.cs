using System.Data.Common;
using Dapper;
using Latchkey.Platform.Data;
using Latchkey.Tests.Rig;

namespace Latchkey.SignIn.Tests.Rig;

/// <summary>A database of a class's own with any number of storefronts that know nothing of one another. Two nodes work on it where the engine takes several.</summary>
public sealed class Town : IAsyncLifetime
{
    TestDatabase database = null!;
    Database[] nodes = [];
    int next;

    /// <summary>Everything derived here comes from this one.</summary>
    public SignInKey Key { get; } = new([.. Enumerable.Range(1, 32).Select(i => (byte)i)]);

    public bool IsPostgres => nodes[0] is PostgresDatabase;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        nodes = [database.Open()];
        if (IsPostgres) nodes = [.. nodes, database.Open()];
    }

    public Shop Open(SignInPolicy? policy = null) => new(this, policy ?? SignInPolicy.New with { Limits = SignInLimits.Off });

    /// <summary>In a transaction of its own, on each node in turn.</summary>
    public Task<T> WriteAsync<T>(Func<DbTransaction, Task<T>> work) =>
        nodes[(uint)Interlocked.Increment(ref next) % nodes.Length].WriteAsync(work);

    public Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> work) => nodes[0].ReadAsync(work);

    public Task ExecuteAsync(string sql, object values) => WriteAsync(t => t.Connection!.ExecuteAsync(sql, values, t));

    public Task<T?> ValueAsync<T>(string sql, object? values = null) => ReadAsync(c => c.ExecuteScalarAsync<T>(sql, values));

    /// <summary>Every value of a table, bytes as text too: what somebody with a copy of the database could read.</summary>
    public Task<string> DumpAsync(string table) => ReadAsync(async c => string.Join('\n', (await c.QueryAsync($"select * from {table}"))
        .SelectMany(row => ((IDictionary<string, object?>)row).Values.Select(v => v is byte[] bytes ? System.Text.Encoding.Latin1.GetString(bytes) : $"{v}"))));

    public async ValueTask DisposeAsync()
    {
        foreach (var node in nodes) await node.DisposeAsync();
        await database.DisposeAsync();
    }

    /// <summary>Many at once, each on a thread of its own.</summary>
    public static Task<T[]> AtOnceAsync<T>(int times, Func<int, Task<T>> act) =>
        Task.WhenAll(Enumerable.Range(0, times).Select(i => Task.Run(() => act(i))));
}

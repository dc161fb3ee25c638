using System.Data;
using System.Data.Common;
using System.Diagnostics;
using Dapper;
using Npgsql;

namespace Latchkey.Platform.Data;

/// <summary>A PostgreSQL server, shared by any number of nodes.</summary>
public sealed class PostgresDatabase(string connectionString) : Database
{
    /// <summary>Any fixed number: the same in every version, so that old and new nodes take turns.</summary>
    private const long MigrationLock = 0x1A7C_4E59;
    private const int MostTries = 4;

    internal NpgsqlDataSource Source { get; } = Build(connectionString);

    public override string Engine => "postgresql";

    public override async Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancel = default)
    {
        await using var connection = await Source.OpenConnectionAsync(cancel);
        return await read(connection);
    }

    public override async Task<T> WriteAsync<T>(Func<DbTransaction, Task<T>> work, CancellationToken cancel = default)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await using var connection = await Source.OpenConnectionAsync(cancel);
                await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancel);
                var result = await work(transaction);
                await transaction.CommitAsync(cancel);
                return result;
            }
            // The server undid the whole transaction: trying again is safe. A connection that broke during COMMIT is not. Who lost a race
            // for something unique sees the winner's row the second time.
            catch (PostgresException e) when (
                e.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.UniqueViolation && attempt < MostTries)
            {
                await Task.Delay(Random.Shared.Next(5, 25 * attempt), cancel);
            }
        }
    }

    public override Task<DateTimeOffset> ClockAsync(CancellationToken cancel) =>
        ReadAsync(c => c.QuerySingleAsync<DateTimeOffset>(new CommandDefinition("select clock_timestamp()", cancellationToken: cancel)), cancel);

    public override Task LockForMigrationAsync(DbTransaction transaction) =>
        transaction.Connection!.ExecuteAsync("select pg_advisory_xact_lock(@MigrationLock)", new { MigrationLock }, transaction);

    public override bool IsReferenced(DbException exception) => exception.SqlState == PostgresErrorCodes.ForeignKeyViolation;

    /// <summary>New statistics end the prepared plans that were made on the old ones.</summary>
    public override Task ReplanAsync(IEnumerable<string> tables, CancellationToken cancel) =>
        ReadAsync(c => c.ExecuteAsync(new CommandDefinition($"analyze {string.Join(", ", tables)}", cancellationToken: cancel)), cancel);

    protected override async Task CopyAsync(string file, CancellationToken cancel)
    {
        var settings = new NpgsqlConnectionStringBuilder(Source.ConnectionString);
        var start = new ProcessStartInfo("pg_dump") { RedirectStandardError = true, UseShellExecute = false };
        foreach (string argument in new[]
        {
            "--format=custom", $"--file={file}", $"--host={settings.Host}", $"--port={settings.Port}",
            $"--username={settings.Username}", $"--dbname={settings.Database}", "--no-password",
        }) start.ArgumentList.Add(argument);
        if (Password(connectionString) is { } password) start.Environment["PGPASSWORD"] = password;
        using var dump = Process.Start(start) ?? throw new InvalidOperationException("pg_dump did not start.");
        string errors = await dump.StandardError.ReadToEndAsync(cancel);
        await dump.WaitForExitAsync(cancel);
        if (dump.ExitCode != 0) throw new InvalidOperationException($"pg_dump failed: {errors.Trim()}");
    }

    public override ValueTask DisposeAsync() => Source.DisposeAsync();

    // Nothing here changes a connection's settings, so there is nothing to reset.
    // A plan prepared while a table was still empty stays a sequential scan for the life of its connection.
    private const string Defaults =
        "Max Auto Prepare=100;Auto Prepare Min Usages=3;Timeout=5;Command Timeout=10;Maximum Pool Size=20;Connection Lifetime=300;No Reset On Close=true;Application Name=latchkey;";

    /// <summary>What stands later in a connection string wins. (The builder's ContainsKey is true for whatever could be set.)</summary>
    private static NpgsqlDataSource Build(string connectionString) => new NpgsqlDataSourceBuilder(Defaults + connectionString).Build();

    private static string? Password(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString).Password;
}

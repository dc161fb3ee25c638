using System.Data.Common;
using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Dapper;

namespace Latchkey.Platform.Data;

/// <summary>
/// Brings the schema up to this program's version: numbered texts, forward only, each in a transaction of its own under a lock,
/// each remembered with a checksum. Any number of nodes may start at once; a killed migrator leaves nothing half done.
/// </summary>
public sealed class Migrator(Database database, TimeProvider clock)
{
    /// <summary>The migrations of this program: the engine's and the app's share one numbering.</summary>
    public static IReadOnlyList<Migration> All { get; } =
        [.. new[] { typeof(Migrator).Assembly, typeof(SignIn.SignInKey).Assembly }.SelectMany(Read).OrderBy(m => m.Number)];

    /// <returns>The numbers that were applied now.</returns>
    public async Task<IReadOnlyList<int>> RunAsync(CancellationToken cancel = default)
    {
        await database.WriteAsync(async transaction =>
        {
            await database.LockForMigrationAsync(transaction);
            await transaction.Connection!.ExecuteAsync(
                "create table if not exists schema_migration (number integer primary key, name text not null, checksum text not null, applied_at timestamptz not null)",
                transaction: transaction);
        }, cancel);

        var applied = new List<int>();
        foreach (var migration in All)
            if (await database.WriteAsync(transaction => ApplyAsync(transaction, migration), cancel)) applied.Add(migration.Number);
        return applied;
    }

    private async Task<bool> ApplyAsync(DbTransaction transaction, Migration migration)
    {
        var connection = transaction.Connection!;
        await database.LockForMigrationAsync(transaction);
        int newest = await connection.ExecuteScalarAsync<int?>("select max(number) from schema_migration", transaction: transaction) ?? 0;
        if (newest > All[^1].Number)
            throw new SchemaException($"The database is at schema {newest}; this program knows {All[^1].Number}. Start the newer program, or restore a backup from before the upgrade.");

        string? checksum = await connection.ExecuteScalarAsync<string?>(
            "select checksum from schema_migration where number = @Number", new { migration.Number }, transaction);
        if (checksum == migration.Checksum) return false;
        if (checksum is not null)
            throw new SchemaException($"Migration {migration.Name} was changed after it was applied. Migrations are never edited: restore its text and add a new one.");

        await connection.ExecuteAsync(migration.Sql, transaction: transaction, commandTimeout: 0); // however much there is to change
        await connection.ExecuteAsync(
            "insert into schema_migration (number, name, checksum, applied_at) values (@Number, @Name, @Checksum, @now)",
            new { migration.Number, migration.Name, migration.Checksum, now = clock.GetUtcNow() }, transaction);
        return true;
    }

    private static IEnumerable<Migration> Read(Assembly assembly) =>
        from resource in assembly.GetManifestResourceNames()
        where resource.StartsWith("Migrations/", StringComparison.Ordinal)
        select Migration.Of(Path.GetFileNameWithoutExtension(resource), Text(assembly, resource));

    private static string Text(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}

/// <summary>One step of the schema, such as 0002_sign_in.</summary>
public sealed record Migration(int Number, string Name, string Sql, string Checksum)
{
    internal static Migration Of(string name, string sql) => new(int.Parse(name.AsSpan(0, 4), CultureInfo.InvariantCulture), name, sql,
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql))));
}

/// <summary>The database's schema is not one this program may work on.</summary>
public sealed class SchemaException(string message) : Exception(message);

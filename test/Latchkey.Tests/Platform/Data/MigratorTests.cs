using Dapper;
using Latchkey.Platform.Data;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Platform.Data;

public sealed class MigratorTests : IAsyncLifetime
{
    static readonly int[] All = [.. Migrator.All.Select(m => m.Number)];

    TestDatabase own = null!;
    Database database = null!;

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        own = await TestDatabase.CreateEmptyAsync();
        database = own.Open();
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        await own.DisposeAsync();
    }

    [Fact]
    public void Migrations_are_numbered_without_a_gap() => All.ShouldBe(Enumerable.Range(1, All.Length));

    [Fact]
    public async Task An_empty_database_gets_every_migration_and_a_second_run_has_nothing_to_do()
    {
        (await RunAsync(database)).ShouldBe(All);
        (await RunAsync(database)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_migrators_at_once_apply_each_migration_once()
    {
        await using var other = own.Open();

        var applied = await Task.WhenAll(Task.Run(() => RunAsync(database), Cancel), Task.Run(() => RunAsync(other), Cancel));

        applied.SelectMany(a => a).Order().ShouldBe(All);
    }

    [Fact]
    public async Task A_migration_that_was_changed_afterwards_is_refused()
    {
        await RunAsync(database);
        await ExecuteAsync("update schema_migration set checksum = 'another' where number = 1");

        var refusal = await Should.ThrowAsync<SchemaException>(RunAsync(database));

        refusal.Message.ShouldBe("Migration 0001_tenancy was changed after it was applied. Migrations are never edited: restore its text and add a new one.");
    }

    [Fact]
    public async Task A_database_of_a_newer_program_is_refused()
    {
        await RunAsync(database);
        await ExecuteAsync("insert into schema_migration (number, name, checksum, applied_at) select 9000, 'later', 'x', applied_at from schema_migration where number = 1");

        var refusal = await Should.ThrowAsync<SchemaException>(RunAsync(database));

        refusal.Message.ShouldBe($"The database is at schema 9000; this program knows {All[^1]}. Start the newer program, or restore a backup from before the upgrade.");
    }

    [Fact]
    public async Task A_migration_that_breaks_off_in_the_middle_leaves_nothing_of_itself()
    {
        // In the way of the last table of the second migration, after its others were made.
        await ExecuteAsync("create table throttle (id integer primary key)");
        await Should.ThrowAsync<System.Data.Common.DbException>(RunAsync(database));

        (await database.ReadAsync(c => c.QueryAsync<int>("select number from schema_migration"), Cancel)).ShouldBe([1]);
        await Should.ThrowAsync<System.Data.Common.DbException>(database.ReadAsync(c => c.ExecuteScalarAsync<int>("select count(*) from account"), Cancel));

        await ExecuteAsync("drop table throttle");
        (await RunAsync(database)).ShouldBe(All[1..]);
    }

    static Task<IReadOnlyList<int>> RunAsync(Database on) => new Migrator(on, TimeProvider.System).RunAsync(Cancel);

    Task<int> ExecuteAsync(string sql) => database.WriteAsync(t => Notes.ExecuteAsync(t, sql), Cancel);
}

using Dapper;
using Latchkey.Platform.Data;
using Latchkey.Tests.Rig;
using Npgsql;

namespace Latchkey.Tests.Platform.Data;

public sealed class WriteTests : IAsyncLifetime
{
    TestDatabase own = null!;
    Database database = null!;

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        own = await TestDatabase.CreateEmptyAsync();
        database = own.Open();
        await database.WriteAsync(t => Notes.ExecuteAsync(t, "create table note (id integer primary key, text text not null)"));
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        await own.DisposeAsync();
    }

    [Fact]
    public async Task An_exception_undoes_the_write_and_reaches_the_caller_as_it_is()
    {
        await Should.ThrowAsync<TimeZoneNotFoundException>(database.WriteAsync(async t =>
        {
            await Notes.AddAsync(t, 1);
            throw new TimeZoneNotFoundException();
        }, Cancel));

        (await database.CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Two_writes_that_lock_each_other_out_both_succeed()
    {
        Assert.SkipUnless(TestEnvironment.Engine == Engine.Postgres, "On SQLite there is one writer: nothing can lock it out.");
        await database.AddAsync(1);
        await database.AddAsync(2);
        int attempts = 0;
        using var bothHoldOne = new Barrier(2);

        await Task.WhenAll(Task.Run(() => MarkAsync(1, 2), Cancel), Task.Run(() => MarkAsync(2, 1), Cancel));

        attempts.ShouldBe(3);
        (await database.ReadAsync(c => c.QueryAsync<string>("select text from note"), Cancel)).ShouldAllBe(text => text == "hello!!");

        Task MarkAsync(int first, int second) => database.WriteAsync(async t =>
        {
            var isRetry = Interlocked.Increment(ref attempts) > 2;
            await Notes.ExecuteAsync(t, "update note set text = text || '!' where id = @first", new { first });
            if (!isRetry) bothHoldOne.SignalAndWait(Cancel);
            await Notes.ExecuteAsync(t, "update note set text = text || '!' where id = @second", new { second });
        }, Cancel);
    }

    [Fact]
    public void A_plain_connection_string_gets_time_outs_and_prepared_statements()
    {
        Assert.SkipUnless(TestEnvironment.Engine == Engine.Postgres, "Settings of PostgreSQL.");

        var settings = new NpgsqlConnectionStringBuilder(((PostgresDatabase)database).Source.ConnectionString);

        (settings.Timeout, settings.CommandTimeout, settings.MaxAutoPrepare, settings.AutoPrepareMinUsages, settings.ConnectionLifetime).ShouldBe((5, 10, 100, 3, 300));
        settings.ApplicationName.ShouldBe("latchkey");
        settings.MaxPoolSize.ShouldBe(20);
    }

    [Fact]
    public async Task What_the_connection_string_says_is_kept()
    {
        Assert.SkipUnless(TestEnvironment.Engine == Engine.Postgres, "Settings of PostgreSQL.");

        await using var other = Database.Open($"{own.ConnectionString};Command Timeout=77;Max Auto Prepare=0;Application Name=mine");

        var settings = new NpgsqlConnectionStringBuilder(((PostgresDatabase)other).Source.ConnectionString);
        (settings.CommandTimeout, settings.MaxAutoPrepare, settings.ApplicationName).ShouldBe((77, 0, "mine"));
    }
}

using Dapper;
using Microsoft.Data.Sqlite;

namespace Latchkey.Tests.Platform.Data;

[Trait("Engine", "none")]
public sealed class GroupCommitTests : IAsyncLifetime
{
    SqliteFile file = null!;

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => file = await SqliteFile.CreateAsync();

    public ValueTask DisposeAsync() => file.DisposeAsync();

    [Fact]
    public async Task Writes_that_wait_together_share_one_commit()
    {
        var before = file.Commits();

        await TogetherAsync(Enumerable.Range(1, 200).Select(id => (Func<Task>)(() => file.Database.AddAsync(id))));

        (await file.Database.CountAsync()).ShouldBe(200);
        (file.Commits() - before).ShouldBe(1);
    }

    [Fact]
    public async Task A_thousand_writes_of_32_callers_need_far_fewer_commits()
    {
        var before = file.Commits();

        await Parallel.ForAsync(1, 1001, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (id, _) => await file.Database.AddAsync(id));

        (await file.Database.CountAsync()).ShouldBe(1000);
        (file.Commits() - before).ShouldBeLessThan(500);
    }

    [Fact]
    public async Task A_write_that_fails_fails_alone_and_with_its_own_exception()
    {
        await TogetherAsync(Enumerable.Range(1, 9).Select(id => id % 3 == 0 ? (Func<Task>)(() => FailingAsync(id)) : () => file.Database.AddAsync(id)));

        (await file.Database.CountAsync()).ShouldBe(6);

        async Task FailingAsync(int id) => (await Should.ThrowAsync<TimeZoneNotFoundException>(file.Database.WriteAsync(async t =>
        {
            await Notes.AddAsync(t, id);
            throw new TimeZoneNotFoundException($"number {id}");
        }, Cancel))).Message.ShouldBe($"number {id}");
    }

    [Fact]
    public async Task A_statement_the_database_refuses_fails_alone()
    {
        await file.Database.AddAsync(1);

        await TogetherAsync(
        [
            () => file.Database.AddAsync(2),
            async () => (await Should.ThrowAsync<SqliteException>(file.Database.AddAsync(1))).SqliteErrorCode.ShouldBe(19),
            () => file.Database.AddAsync(3),
        ]);

        (await file.Database.CountAsync()).ShouldBe(3);
    }

    [Fact]
    public async Task Whoever_is_answered_finds_the_row_from_another_connection()
    {
        await Parallel.ForAsync(1, 101, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (id, _) =>
        {
            await file.Database.AddAsync(id);
            await using var stranger = file.Stranger();
            (await stranger.ExecuteScalarAsync<int>("select count(*) from note where id = @id", new { id })).ShouldBe(1);
        });
    }

    [Fact]
    public async Task A_commit_is_flushed_to_the_disk()
    {
        const int full = 2;

        (await file.Database.WriteAsync(t => t.Connection!.ExecuteScalarAsync<int>("pragma synchronous", transaction: t), Cancel)).ShouldBe(full);
        (await file.Database.WriteAsync(t => t.Connection!.ExecuteScalarAsync<string>("pragma journal_mode", transaction: t), Cancel)).ShouldBe("wal");
    }

    [Fact]
    public async Task When_the_commit_fails_every_caller_is_told_and_the_next_write_works()
    {
        await file.Database.WriteAsync(t => Notes.ExecuteAsync(t, "create table reply (note_id integer not null references note (id) deferrable initially deferred)"), Cancel);

        // A broken promise that SQLite looks at only when it commits.
        await TogetherAsync(
        [
            () => Should.ThrowAsync<SqliteException>(file.Database.AddAsync(1)),
            () => Should.ThrowAsync<SqliteException>(file.Database.WriteAsync(t => Notes.ExecuteAsync(t, "insert into reply (note_id) values (999)"), Cancel)),
            () => Should.ThrowAsync<SqliteException>(file.Database.AddAsync(2)),
        ], leader: () => Should.ThrowAsync<SqliteException>(HeldAsync()));
        (await file.Database.CountAsync()).ShouldBe(0);

        await file.Database.AddAsync(3);
        (await file.Database.CountAsync()).ShouldBe(1);
    }

    [Theory]
    [InlineData("rollback")]
    [InlineData("commit")]
    public async Task A_write_that_ends_the_transaction_itself_does_not_stop_the_writer(string sql)
    {
        await Should.ThrowAsync<Exception>(file.Database.WriteAsync(t => Notes.ExecuteAsync(t, sql), Cancel).WaitAsync(TimeSpan.FromSeconds(10), Cancel));

        await file.Database.AddAsync(1).WaitAsync(TimeSpan.FromSeconds(10), Cancel);
        (await file.Database.CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task A_full_disk_fails_the_writes_it_hits_and_none_after_there_is_room_again()
    {
        await file.Database.WriteAsync(t => Notes.ExecuteAsync(t, "pragma max_page_count = 20"), Cancel);

        var refusal = await Should.ThrowAsync<SqliteException>(file.Database.WriteAsync(t => Notes.ExecuteAsync(t, "insert into note (text) values (zeroblob(1000000))"), Cancel));

        refusal.Message.ShouldContain("full");
        await file.Database.AddAsync(1).WaitAsync(TimeSpan.FromSeconds(10), Cancel);
        (await file.Database.CountAsync()).ShouldBe(1);
    }

    readonly TaskCompletionSource open = new();

    /// <summary>Holds the writer until the others stand in line behind it.</summary>
    Task HeldAsync() => file.Database.WriteAsync(async _ => await open.Task, Cancel);

    async Task TogetherAsync(IEnumerable<Func<Task>> writes, Func<Task>? leader = null)
    {
        Task[] all = [leader?.Invoke() ?? HeldAsync(), .. writes.Select(write => write())];
        open.SetResult();
        await Task.WhenAll(all);
    }
}

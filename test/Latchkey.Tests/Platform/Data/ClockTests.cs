using System.Data.Common;
using Latchkey.Platform.Data;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Platform.Data;

public sealed class ClockTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_clock_shows_the_databases_time_in_whole_microseconds()
    {
        await using var own = await TestDatabase.CreateEmptyAsync();
        await using var database = own.Open();
        var clock = new DatabaseClock(database);
        await clock.SyncAsync(Cancel);

        var (before, shown, after) = (await database.ClockAsync(Cancel), clock.GetUtcNow(), await database.ClockAsync(Cancel));

        shown.ShouldBeInRange(before - TimeSpan.FromMilliseconds(50), after + TimeSpan.FromMilliseconds(50));
        shown.Offset.ShouldBe(TimeSpan.Zero);
        for (int i = 0; i < 1000; i++) (clock.GetUtcNow().Ticks % TimeSpan.TicksPerMicrosecond).ShouldBe(0);
    }

    [Fact]
    public async Task The_clock_follows_a_database_whose_time_is_another()
    {
        await using var file = await SqliteFile.CreateAsync();
        var server = new Server(file.Database) { Time = new DateTimeOffset(2031, 2, 3, 4, 5, 6, TimeSpan.Zero) };
        var clock = new DatabaseClock(server);

        await clock.SyncAsync(Cancel);
        (clock.GetUtcNow() - server.Time).ShouldBeInRange(TimeSpan.Zero, TimeSpan.FromSeconds(5));

        server.Time -= TimeSpan.FromMinutes(90);
        await clock.SyncAsync(Cancel);
        (clock.GetUtcNow() - server.Time).ShouldBeInRange(TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    /// <summary>A server on another machine, with a clock of its own.</summary>
    sealed class Server(Database database) : Database
    {
        public DateTimeOffset Time { get; set; }
        public override string Engine => "elsewhere";
        public override Task<DateTimeOffset> ClockAsync(CancellationToken cancel) => Task.FromResult(Time);
        public override Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancel = default) => database.ReadAsync(read, cancel);
        public override Task<T> WriteAsync<T>(Func<DbTransaction, Task<T>> work, CancellationToken cancel = default) => database.WriteAsync(work, cancel);
        public override Task LockForMigrationAsync(DbTransaction transaction) => database.LockForMigrationAsync(transaction);
        public override bool IsReferenced(DbException exception) => throw new NotSupportedException();
        protected override Task CopyAsync(string file, CancellationToken cancel) => throw new NotSupportedException();
        public override ValueTask DisposeAsync() => database.DisposeAsync();
    }
}

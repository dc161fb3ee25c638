namespace Latchkey.Platform.Data;

/// <summary>
/// The one clock. On PostgreSQL it is the database's time at the last sync plus the time elapsed since on a monotonic counter, so
/// that nodes agree and a wall clock that jumps changes nothing. Whole microseconds: what both engines store.
/// </summary>
public sealed class DatabaseClock(Database database) : TimeProvider
{
    private sealed record Sync(DateTimeOffset Time, long At);

    private Sync last = new(TimeProvider.System.GetUtcNow(), TimeProvider.System.GetTimestamp());

    public override DateTimeOffset GetUtcNow()
    {
        if (database is SqliteDatabase) return WholeMicroseconds(TimeProvider.System.GetUtcNow());
        var sync = Volatile.Read(ref last);
        return WholeMicroseconds(sync.Time + TimeProvider.System.GetElapsedTime(sync.At));
    }

    public async Task SyncAsync(CancellationToken cancel)
    {
        long before = TimeProvider.System.GetTimestamp();
        var time = await database.ClockAsync(cancel);
        // The database read its clock about half-way through the round trip.
        Volatile.Write(ref last, new Sync(time + TimeProvider.System.GetElapsedTime(before) / 2, TimeProvider.System.GetTimestamp()));
    }

    private static DateTimeOffset WholeMicroseconds(DateTimeOffset time) => new(time.Ticks - time.Ticks % TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
}

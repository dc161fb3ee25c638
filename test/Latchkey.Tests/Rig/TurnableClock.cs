namespace Latchkey.Tests.Rig;

/// <summary>The one clock, moved by hand.</summary>
internal sealed class TurnableClock : TimeProvider
{
    long ticks = new DateTimeOffset(2026, 11, 21, 9, 0, 0, TimeSpan.Zero).Ticks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref ticks), TimeSpan.Zero);

    public void Advance(TimeSpan by) => Interlocked.Add(ref ticks, by.Ticks);
}

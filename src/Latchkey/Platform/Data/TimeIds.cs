namespace Latchkey.Platform.Data;

/// <summary>Ids are UUIDv7: they sort by the time they were made at, so a range of time is a range of the key.</summary>
public static class TimeIds
{
    public static readonly Guid Before = Guid.Empty;
    public static readonly Guid After = Guid.AllBitsSet;

    /// <summary>No id made at that millisecond or later is less.</summary>
    public static Guid First(DateTimeOffset at)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        long milliseconds = at.ToUnixTimeMilliseconds();
        for (int i = 5; i >= 0; i--, milliseconds >>= 8) bytes[i] = (byte)milliseconds;
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>When an id was made.</summary>
    public static DateTimeOffset At(Guid id)
    {
        long milliseconds = 0;
        foreach (byte b in id.ToByteArray(bigEndian: true).AsSpan(0, 6)) milliseconds = (milliseconds << 8) | b;
        return milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : DateTimeOffset.MaxValue;
    }
}

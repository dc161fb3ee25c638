using System.Threading.Channels;

namespace Latchkey.Platform;

/// <summary>Wakes one waiting loop; setting it twice before the loop looks wakes it once.</summary>
public class Signal
{
    private readonly Channel<bool> channel = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Set() => channel.Writer.TryWrite(true);

    /// <summary>Until it is set, or the time is over.</summary>
    public async Task WaitAsync(TimeSpan most, CancellationToken cancel)
    {
        if (channel.Reader.TryRead(out _)) return;
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        timer.CancelAfter(most);
        try
        {
            await channel.Reader.ReadAsync(timer.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // the time is over
        }
    }
}

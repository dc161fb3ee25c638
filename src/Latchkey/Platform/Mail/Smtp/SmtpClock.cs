namespace Latchkey.Platform.Mail.Smtp;

/// <summary>
/// The time each step of a connection may take, and the caller's wish to stop, in one token: a source per step and mail
/// would cost more than the mail.
/// </summary>
internal sealed class SmtpClock : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private TimeSpan _limit;
    private TimeSpan _grace;
    private volatile bool _stopping;

    public CancellationToken Token => _source.Token;
    public string Step { get; private set; } = "";

    public void Begin(string step, TimeSpan limit)
    {
        Step = step;
        _limit = _stopping && _grace < limit ? _grace : limit;
        _source.CancelAfter(_limit);
    }

    public void Restart() => _source.CancelAfter(_limit);

    public void Rest() => _source.CancelAfter(Timeout.InfiniteTimeSpan);

    public CancellationTokenRegistration Obey(CancellationToken cancel)
    {
        _grace = TimeSpan.Zero;
        _stopping = false;
        return cancel.UnsafeRegister(static clock => ((SmtpClock)clock!).Stop(), this);
    }

    /// <summary>From here on the mail is in the relay's hands: stopping at once would send it a second time later.</summary>
    public void AllowGrace(TimeSpan grace) => _grace = grace;

    public string TimeoutReason => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"no answer within {_limit.TotalSeconds:0.###} s");

    private void Stop()
    {
        _stopping = true;
        if (_grace > TimeSpan.Zero) _source.CancelAfter(_grace);
        else _source.Cancel();
    }

    public void Dispose() => _source.Dispose();
}

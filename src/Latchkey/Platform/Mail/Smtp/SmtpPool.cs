namespace Latchkey.Platform.Mail.Smtp;

/// <summary>The connections at rest, the last used on top, so that the ones not needed grow old and are closed.</summary>
internal sealed class SmtpPool : IAsyncDisposable
{
    private readonly SmtpSettings _settings;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly List<SmtpConnection> _idle = [];
    private readonly ITimer _sweep;
    private bool _closed;

    public SmtpPool(SmtpSettings settings, TimeProvider time)
    {
        _settings = settings;
        _time = time;
        _sweep = time.CreateTimer(_ => Sweep(), null, settings.IdleFor / 2, settings.IdleFor / 2);
    }

    public SmtpConnection? Take()
    {
        while (true)
        {
            SmtpConnection connection;
            lock (_gate)
            {
                if (_idle.Count == 0) return null;
                connection = _idle[^1];
                _idle.RemoveAt(_idle.Count - 1);
            }
            if (!IsOld(connection) && connection.IsQuiet) return connection;
            Leave(connection);
        }
    }

    public void Return(SmtpConnection connection)
    {
        connection.IdleSince = _time.GetUtcNow();
        lock (_gate)
        {
            if (!_closed && connection.IsUsable && connection.Mails < _settings.MailsPerConnection)
            {
                _idle.Add(connection);
                return;
            }
        }
        Leave(connection);
    }

    private void Sweep()
    {
        List<SmtpConnection> old;
        lock (_gate)
        {
            old = _idle.FindAll(IsOld);
            _idle.RemoveAll(IsOld);
        }
        old.ForEach(Leave);
    }

    private bool IsOld(SmtpConnection connection) => _time.GetUtcNow() - connection.IdleSince > _settings.IdleFor;

    // Saying goodbye takes a round trip that no mail should wait for; it never throws.
    private static void Leave(SmtpConnection connection) => _ = connection.DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        await _sweep.DisposeAsync();
        List<SmtpConnection> rest;
        lock (_gate)
        {
            _closed = true;
            rest = [.. _idle];
            _idle.Clear();
        }
        await Task.WhenAll(rest.Select(connection => connection.DisposeAsync().AsTask()));
    }
}

using System.Net.Security;
using Latchkey.Platform.Mail.Mime;

namespace Latchkey.Platform.Mail.Smtp;

/// <summary>
/// Hands mails to one relay over a few connections that are kept open between mails. Safe for many callers at once;
/// at most <see cref="SmtpSettings.Connections"/> mails are under way, so a relay that hangs holds up only those.
/// </summary>
public sealed class SmtpTransport : IMailTransport, IAsyncDisposable
{
    private readonly SmtpSettings _settings;
    private readonly SslClientAuthenticationOptions _trust;
    private readonly SemaphoreSlim _slots;
    private readonly SmtpPool _pool;

    /// <exception cref="FormatException">The file named by <c>ca=</c> can't be used.</exception>
    public SmtpTransport(SmtpSettings settings, TimeProvider? time = null)
    {
        _settings = settings;
        _trust = SmtpTrust.For(settings);
        _slots = new SemaphoreSlim(settings.Connections);
        _pool = new SmtpPool(settings, time ?? TimeProvider.System);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The mail can't be written safely (see <see cref="MailSyntax"/>).</exception>
    public async Task<Handover> SendAsync(OutgoingMail mail, CancellationToken cancel)
    {
        MailSyntax.Check(mail);
        await _slots.WaitAsync(cancel);
        try
        {
            return await SendPooledAsync(mail, cancel) ?? await SendFreshAsync(mail, cancel);
        }
        finally
        {
            _slots.Release();
        }
    }

    // A relay closes idle connections when it likes, and that shows only when one is used: it says nothing about the
    // mail, so null lets a fresh connection try.
    private async Task<Handover?> SendPooledAsync(OutgoingMail mail, CancellationToken cancel)
    {
        if (_pool.Take() is not { } connection) return null;
        var handover = await SendOverAsync(connection, mail, cancel);
        return connection.DiedUnheard ? null : handover;
    }

    private async Task<Handover> SendFreshAsync(OutgoingMail mail, CancellationToken cancel)
    {
        var (connection, failure) = await SmtpConnection.OpenAsync(_settings, _trust, cancel);
        return connection is null ? failure! : await SendOverAsync(connection, mail, cancel);
    }

    private async Task<Handover> SendOverAsync(SmtpConnection connection, OutgoingMail mail, CancellationToken cancel)
    {
        try
        {
            return await connection.SendAsync(mail, cancel);
        }
        finally
        {
            _pool.Return(connection);
        }
    }

    public ValueTask DisposeAsync() => _pool.DisposeAsync();
}

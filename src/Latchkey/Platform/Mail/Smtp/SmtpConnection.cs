using System.Buffers;
using System.Net.Security;
using Latchkey.Platform.Mail.Mime;

namespace Latchkey.Platform.Mail.Smtp;

/// <summary>A connection that is ready for mails, one after the other.</summary>
internal sealed class SmtpConnection : IAsyncDisposable
{
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    private readonly SmtpWire _wire = new();
    private readonly ArrayBufferWriter<byte> _mail = new(16 * 1024);
    private readonly SmtpTimeouts _limits;
    private SmtpCapabilities _offers = new();
    private SmtpAfter _state = SmtpAfter.Ready;

    private SmtpConnection(SmtpTimeouts limits) => _limits = limits;

    public int Mails { get; private set; }
    public DateTimeOffset IdleSince { get; set; }
    
    /// <summary>The clock is asked too: a time-out or stop may have come just as the last reply did.</summary>
    public bool IsUsable => _state != SmtpAfter.Broken && !_wire.Clock.Token.IsCancellationRequested;

    /// <summary>It broke before the relay had answered MAIL, so another connection may take the mail unseen.</summary>
    public bool DiedUnheard { get; private set; }


    /// <summary>An idle relay has nothing to say: unread bytes are a farewell or a closed connection.</summary>
    public bool IsQuiet => !_wire.HasUnread;

    /// <summary>Opens a connection, or says why it can't be.</summary>
    public static async Task<(SmtpConnection? Connection, Handover? Failure)> OpenAsync(
        SmtpSettings settings, SslClientAuthenticationOptions trust, CancellationToken cancel)
    {
        var connection = new SmtpConnection(settings.Timeouts);
        var clock = connection._wire.Clock;
        try
        {
            using var stop = clock.Obey(cancel);
            connection._offers = await new SmtpOpening(connection._wire, settings, trust).RunAsync();
            return (connection, null);
        }
        catch (Exception e) when (SmtpBreak.IsBreak(e))
        {
            connection._wire.Dispose();
            cancel.ThrowIfCancellationRequested();
            return (null, SmtpBreak.Explain(e, clock));
        }
    }

    public async Task<Handover> SendAsync(OutgoingMail mail, CancellationToken cancel)
    {
        MimeWriter.Write(mail, _mail);
        var exchange = new SmtpExchange(_wire, _offers, _limits, mail, _mail.WrittenMemory);
        var reset = _state == SmtpAfter.NeedsReset;
        _state = SmtpAfter.Broken; // until the exchange has come to an end
        Mails++;
        try
        {
            using var stop = _wire.Clock.Obey(cancel);
            var handover = await exchange.RunAsync(reset);
            _wire.Clock.Rest();
            _state = exchange.After;
            return handover;
        }
        catch (Exception e) when (SmtpBreak.IsBreak(e))
        {
            cancel.ThrowIfCancellationRequested();
            DiedUnheard = !exchange.WasAnswered;
            return SmtpBreak.Explain(e, _wire.Clock);
        }
        finally
        {
            _mail.Clear(); // zeroed: it held a live link, and the connection may live long
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (IsUsable) await QuitAsync();
        }
        catch (Exception e) when (SmtpBreak.IsBreak(e))
        {
            // Leaving was all that was left to do.
        }
        _wire.Dispose();
    }

    private async Task QuitAsync()
    {
        _wire.Clock.Begin("QUIT", Farewell);
        _wire.Out.Ascii("QUIT\r\n");
        await _wire.FlushAsync();
        await _wire.ReadReplyAsync();
    }
}

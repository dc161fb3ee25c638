using System.Net.Security;

namespace Latchkey.Platform.Mail.Smtp;

/// <summary>
/// Everything before the first mail: greeting, EHLO, TLS, sign-in. Whatever goes wrong here, 5xx included, is the relay's
/// or our own configuration's fault and not the addressee's, so the mail is to be tried later: failing it would lose
/// every customer's mail to one wrong setting, while a mail that waits goes out once the setting is mended.
/// </summary>
internal sealed class SmtpOpening(SmtpWire wire, SmtpSettings settings, SslClientAuthenticationOptions trust)
{
    private readonly SmtpTimeouts _limits = settings.Timeouts;

    public async Task<SmtpCapabilities> RunAsync()
    {
        wire.Clock.Begin("connect", _limits.Connect);
        await wire.ConnectAsync(settings.Host, settings.Port);
        if (settings.Security == SmtpSecurity.Implicit) await EncryptAsync();
        await GreetingAsync();
        var offers = await HelloAsync();
        if (settings.Security is SmtpSecurity.Required or SmtpSecurity.Opportunistic)
            offers = await StartTlsAsync(offers);
        if (settings.User is not null)
            await new SmtpSignIn(wire, settings).RunAsync(offers);
        return offers;
    }

    private async Task GreetingAsync()
    {
        wire.Clock.Begin("greeting", _limits.Greeting);
        var reply = await wire.ReadReplyAsync();
        if (!reply.IsPositive) throw new SmtpBrokenException("the relay does not serve us", reply);
    }

    private async Task<SmtpCapabilities> HelloAsync()
    {
        // An address literal is always valid here; a machine's own short name is refused by many relays.
        var address = wire.LocalAddress;
        var reply = await AskAsync($"EHLO [{(address.Contains(':') ? "IPv6:" : "")}{address}]");
        return reply.IsPositive ? SmtpCapabilities.Read(reply) : throw new SmtpBrokenException("the relay refused EHLO", reply);
    }

    private async Task<SmtpCapabilities> StartTlsAsync(SmtpCapabilities offers)
    {
        if (!offers.StartTls)
        {
            if (settings.Security == SmtpSecurity.Opportunistic) return offers;
            throw new SmtpBrokenException("the relay does not offer STARTTLS, and mail must not leave in the clear");
        }
        var reply = await AskAsync("STARTTLS");
        if (reply.Code != 220)
        {
            if (settings.Security == SmtpSecurity.Opportunistic && !reply.IsGoodbye && !reply.IsNonsense) return offers;
            throw new SmtpBrokenException("the relay refused STARTTLS", reply);
        }
        // Anything after the 220 was put there by somebody between us and the relay, to be read as if it had come
        // through TLS (GHSA-9j88-vvj5-vhgr). A relay itself waits for our handshake.
        if (wire.HasUnreadBytes) throw new SmtpBrokenException("data arrived before TLS began: somebody may be tampering with the connection");
        await EncryptAsync();
        return await HelloAsync(); // what was offered in the clear counts for nothing (RFC 3207 §4.2)
    }

    private Task EncryptAsync()
    {
        wire.Clock.Begin("TLS", _limits.Command);
        return wire.EncryptAsync(trust);
    }

    private async Task<SmtpReply> AskAsync(string command)
    {
        wire.Clock.Begin(command.Split(' ')[0], _limits.Command);
        wire.Out.Ascii(command).Ascii("\r\n");
        await wire.FlushAsync();
        return await wire.ReadReplyAsync();
    }
}

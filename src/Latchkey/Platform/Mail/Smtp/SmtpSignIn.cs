using System.Text;

namespace Latchkey.Platform.Mail.Smtp;

/// <summary>AUTH PLAIN (RFC 4616) or LOGIN, only where nobody can listen.</summary>
internal sealed class SmtpSignIn(SmtpWire wire, SmtpSettings settings)
{
    public async Task RunAsync(SmtpCapabilities offers)
    {
        if (!wire.IsEncrypted && !SmtpSettings.IsLoopback(settings.Host))
            throw new SmtpBrokenException("the relay does not offer TLS, and the password must not leave in the clear");
        SmtpReply reply;
        if (offers.Auth.Contains("PLAIN", StringComparer.Ordinal)) reply = await PlainAsync();
        else if (offers.Auth.Contains("LOGIN", StringComparer.Ordinal)) reply = await LoginAsync();
        else throw new SmtpBrokenException("the relay offers neither AUTH PLAIN nor LOGIN; remove user and password, or use its submission port");
        // The relay's words are left out: some repeat the line they refuse, and it holds the password.
        if (reply.Code != 235)
            throw new SmtpBrokenException("the relay did not accept the user and password", reply with { Text = "" });
    }

    private Task<SmtpReply> PlainAsync() => AskAsync($"AUTH PLAIN {Base64($"\0{settings.User}\0{settings.Password}")}");

    private async Task<SmtpReply> LoginAsync()
    {
        var reply = await AskAsync("AUTH LOGIN");
        if (reply.Code == 334) reply = await AskAsync(Base64(settings.User!));
        return reply.Code == 334 ? await AskAsync(Base64(settings.Password!)) : reply;
    }

    private async Task<SmtpReply> AskAsync(string line)
    {
        wire.Clock.Begin("AUTH", settings.Timeouts.Command);
        wire.Out.Ascii(line).Ascii("\r\n");
        await wire.FlushAsync();
        return await wire.ReadReplyAsync();
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}

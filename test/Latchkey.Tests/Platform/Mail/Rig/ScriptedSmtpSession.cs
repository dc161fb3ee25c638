using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace Latchkey.Tests.Platform.Mail.Rig;

/// <summary>One connection of the scripted server.</summary>
internal sealed class ScriptedSmtpSession(ScriptedSmtpServer server, Socket socket) : IDisposable
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Stream _stream = new NetworkStream(socket, ownsSocket: true);
    private int _start;
    private int _end;
    private string _from = "";
    private string _to = "";

    public async Task RunAsync()
    {
        socket.NoDelay = true;
        try
        {
            if (await PlayAsync(Moment.Connect) && (!server.ImplicitTls || await EncryptAsync()) && await AnswerAsync(Moment.Greeting, "220 scripted ESMTP"))
                while (await ReadLineAsync() is { } line && await CommandAsync(line)) { }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or AuthenticationException)
        {
            // The client left.
        }
        Dispose();
    }

    private async Task<bool> CommandAsync(string line)
    {
        server.Commands.Enqueue(line);
        var verb = line.Split(' ', 2)[0].ToUpperInvariant();
        switch (verb)
        {
            case "EHLO": return await AnswerAsync(Moment.Ehlo, Hello());
            case "STARTTLS": return await AnswerAsync(Moment.StartTls, "220 go ahead") && await EncryptAsync();
            case "AUTH": return await SignInAsync(line);
            case "RSET": (_from, _to) = ("", ""); return await AnswerAsync(Moment.Rset, "250 2.0.0 Ok");
            case "MAIL" when _from.Length > 0: return await SayAsync("503 5.5.1 nested MAIL");
            case "MAIL": return await AnswerAsync(Moment.Mail, "250 2.1.0 Ok", () => _from = line[10..]);
            case "RCPT" when server.ForRecipient(line) is { } act: return await PlayAsync(act);
            case "RCPT": return await AnswerAsync(Moment.Rcpt, "250 2.1.5 Ok", () => _to = line[8..]);
            case "DATA": return await DataAsync();
            case "QUIT": await SayAsync("221 2.0.0 Bye"); return false;
            default: return await SayAsync("500 5.5.2 what?");
        }
    }

    private string Hello()
    {
        var offers = _stream is SslStream ? server.OffersInTls ?? server.Offers : server.Offers;
        string[] lines = ["scripted greets you", .. offers, .. server.Certificate is not null && _stream is not SslStream ? ["STARTTLS"] : Array.Empty<string>()];
        return string.Join("\r\n", lines.Select((text, i) => $"250{(i == lines.Length - 1 ? ' ' : '-')}{text}"));
    }

    private async Task<bool> SignInAsync(string line)
    {
        if (line == "AUTH LOGIN")
        {
            await SayAsync("334 VXNlcm5hbWU6");
            server.Commands.Enqueue(await ReadLineAsync() ?? "");
            await SayAsync("334 UGFzc3dvcmQ6");
            server.Commands.Enqueue(await ReadLineAsync() ?? "");
        }
        return await AnswerAsync(Moment.Auth, "235 2.7.0 welcome");
    }

    private async Task<bool> DataAsync()
    {
        if (_to.Length == 0 && !server.TakesDataForNobody) return await SayAsync("554 5.5.1 no valid recipients");
        var taken = false;
        if (!await AnswerAsync(Moment.Data, "354 go", () => taken = true)) return false;
        if (!taken) return true;
        var body = server.Next(Moment.Body);
        if (body.Hangs) await _ended.Task; // reads nothing more, so that the client's buffers fill
        if (body.Drops) await ReadLineAsync();
        if (body != ServerAct.Behave) return false;
        var mail = await ReadMailAsync();
        var act = server.Next(Moment.Dot);
        var accepted = act is { Reply: null, Drops: false, Hangs: false };
        server.Mails.Enqueue(new ReceivedMail(_from, _to, mail, _stream is SslStream, accepted));
        (_from, _to) = ("", "");
        return await PlayAsync(act) && (!accepted || await SayAsync("250 2.0.0 queued as 4711"));
    }

    private async Task<byte[]> ReadMailAsync()
    {
        using var mail = new MemoryStream();
        // Whoever leaves before the final dot has sent no mail.
        while ((await ReadLineAsync() ?? throw new EndOfStreamException()) is var line && line != ".")
            mail.Write(Encoding.Latin1.GetBytes((line.StartsWith('.') ? line[1..] : line) + "\r\n"));
        return mail.ToArray();
    }

    private async Task<bool> AnswerAsync(Moment moment, string usual, Action? agreed = null)
    {
        var act = server.Next(moment);
        if (act != ServerAct.Behave) return await PlayAsync(act);
        agreed?.Invoke();
        return await SayAsync(usual);
    }

    private Task<bool> PlayAsync(Moment moment) => PlayAsync(server.Next(moment));

    private async Task<bool> PlayAsync(ServerAct act)
    {
        act.First?.Invoke();
        if (act.Reply is not null) await SayAsync(act.Reply);
        if (act.Hangs)
            while (await _stream.ReadAsync(_buffer) > 0) { }
        return !act.Drops && !act.Hangs;
    }

    private async Task<bool> SayAsync(string reply)
    {
        await _stream.WriteAsync(Encoding.Latin1.GetBytes(reply + "\r\n"));
        return true;
    }

    private async Task<bool> EncryptAsync()
    {
        var tls = new SslStream(_stream);
        _stream = tls;
        await tls.AuthenticateAsServerAsync(server.Certificate!);
        return true;
    }

    private async Task<string?> ReadLineAsync()
    {
        while (true)
        {
            var length = _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n"u8);
            if (length >= 0)
            {
                var line = Encoding.Latin1.GetString(_buffer, _start, length);
                _start += length + 2;
                return line;
            }
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
            var read = await _stream.ReadAsync(_buffer.AsMemory(_end));
            if (read == 0) return null;
            server.Reads.Enqueue(Encoding.Latin1.GetString(_buffer, _end, read));
            _end += read;
        }
    }

    public void Say(string unasked) => socket.Send(Encoding.Latin1.GetBytes(unasked + "\r\n"));

    public void Dispose()
    {
        _ended.TrySetResult();
        _stream.Dispose();
    }
}

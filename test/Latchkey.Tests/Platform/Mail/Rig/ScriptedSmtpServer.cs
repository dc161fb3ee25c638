using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Latchkey.Tests.Platform.Mail.Rig;

/// <summary>An SMTP server on a real socket that misbehaves exactly as told, and keeps what it was sent.</summary>
internal sealed class ScriptedSmtpServer : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly ConcurrentDictionary<Moment, Queue<ServerAct>> _script = new();
    private readonly ConcurrentDictionary<int, ScriptedSmtpSession> _sessions = new();
    private readonly Task _accepting;
    private int _connections;

    /// <param name="port">0: any free one.</param>
    public ScriptedSmtpServer(int port = 0)
    {
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;
    public string[] Offers { get; init; } = ["PIPELINING", "8BITMIME", "ENHANCEDSTATUSCODES"];
    /// <summary>What it offers inside TLS, when that differs.</summary>
    public string[]? OffersInTls { get; init; }
    public X509Certificate2? Certificate { get; init; }
    public bool ImplicitTls { get; init; }
    /// <summary>Says 354 to DATA even when it refused the recipient, as RFC 2920 allows.</summary>
    public bool TakesDataForNobody { get; init; }

    /// <summary>What it does about one addressee, such as all of a domain; null: what it does about everybody.</summary>
    public Func<string, ServerAct?> ForRecipient { get; set; } = _ => null;

    public int Connections => _connections;
    public ConcurrentQueue<string> Commands { get; } = new();
    /// <summary>The bytes as each read delivered them.</summary>
    public ConcurrentQueue<string> Reads { get; } = new();
    public ConcurrentQueue<ReceivedMail> Mails { get; } = new();

    /// <summary>Each time the moment comes the next act is played; the last one is kept.</summary>
    public ScriptedSmtpServer On(Moment moment, params ServerAct[] acts)
    {
        _script[moment] = new Queue<ServerAct>(acts);
        return this;
    }

    public ServerAct Next(Moment moment)
    {
        if (!_script.TryGetValue(moment, out var acts)) return ServerAct.Behave;
        lock (acts) return acts.Count > 1 ? acts.Dequeue() : acts.Peek();
    }

    /// <summary>Closes every open connection, as a relay does with idle ones or when it restarts.</summary>
    public void CloseConnections(string? lastWords = null)
    {
        if (lastWords is not null)
            foreach (var session in _sessions.Values) session.Say(lastWords);
        foreach (var session in _sessions.Values) session.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync();
                var session = new ScriptedSmtpSession(this, socket);
                _sessions[Interlocked.Increment(ref _connections)] = session;
                _ = session.RunAsync();
            }
        }
        catch (Exception e) when (e is SocketException or InvalidOperationException)
        {
            // Stopped.
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _accepting;
        CloseConnections();
    }
}

internal sealed record ReceivedMail(string From, string To, byte[] Bytes, bool WasEncrypted, bool WasAccepted);

using System.Buffers;
using System.Net.Security;
using System.Net.Sockets;

namespace Latchkey.Platform.Mail.Smtp;

/// <summary>The bytes of one connection: lines in, commands out, every step within its time.</summary>
internal sealed class SmtpWire : IDisposable
{
    private const int LongestLine = 2048; // RFC 5321 §4.5.3.1.5 asks for 512
    private const int Chunk = 64 * 1024;

    private readonly SmtpClock _clock = new();
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _in = new byte[2 * LongestLine];
    private Stream _stream = Stream.Null;
    private int _start;
    private int _end;

    public ArrayBufferWriter<byte> Out { get; } = new(4096);
    public SmtpClock Clock => _clock;
    public bool IsEncrypted => _stream is SslStream;

    public bool HasUnreadBytes => _end > _start || _socket.Available > 0;

    /// <summary>Whether the relay has sent something nobody has read yet, or has closed.</summary>
    public bool HasUnread => _end > _start || _socket.Poll(0, SelectMode.SelectRead);

    public string LocalAddress => _socket.LocalEndPoint is System.Net.IPEndPoint { Address: var address }
        ? (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString().Split('%')[0]
        : "127.0.0.1";

    public async Task ConnectAsync(string host, int port)
    {
        await _socket.ConnectAsync(host, port, _clock.Token);
        _stream = new NetworkStream(_socket, ownsSocket: true);
    }

    public async Task EncryptAsync(SslClientAuthenticationOptions trust)
    {
        var tls = new SslStream(_stream, leaveInnerStreamOpen: false);
        _stream = tls;
        await tls.AuthenticateAsClientAsync(trust, _clock.Token);
    }

    public async ValueTask FlushAsync()
    {
        // The time counts for each chunk: a large mail over a slow line makes progress and may.
        for (var sent = 0; sent < Out.WrittenCount; sent += Chunk)
        {
            if (sent > 0) _clock.Restart();
            await _stream.WriteAsync(Out.WrittenMemory[sent..Math.Min(sent + Chunk, Out.WrittenCount)], _clock.Token);
        }
        Out.Clear(); // zeroed, not just reset: it may have held a live link or the password
    }

    public async ValueTask<SmtpReply> ReadReplyAsync()
    {
        var reader = new SmtpReplyReader();
        while (true)
        {
            var line = await ReadLineAsync();
            if (reader.Add(line.Span)) return reader.Reply;
        }
    }

    private async ValueTask<ReadOnlyMemory<byte>> ReadLineAsync()
    {
        while (true)
        {
            var length = _in.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (length >= 0)
            {
                var line = _in.AsMemory(_start, length);
                _start += length + 1;
                return line.Span is [.., (byte)'\r'] ? line[..^1] : line;
            }
            if (_end - _start > LongestLine) throw new SmtpBrokenException("the relay's answer has too long a line");
            _in.AsSpan(_start, _end - _start).CopyTo(_in);
            (_start, _end) = (0, _end - _start);
            var read = await _stream.ReadAsync(_in.AsMemory(_end), _clock.Token);
            if (read == 0) throw new SmtpBrokenException("the relay closed the connection");
            _end += read;
        }
    }

    public void Dispose()
    {
        Out.Clear();
        _stream.Dispose();
        _socket.Dispose();
        _clock.Dispose();
    }
}

using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Latchkey.Tests.Rig;

/// <summary>A name server on loopback that knows what it is told, in the bytes of RFC 1035.</summary>
internal sealed class NameServer : IDisposable
{
    readonly UdpClient socket = new(new IPEndPoint(IPAddress.Loopback, 0));

    public NameServer() => _ = Task.Run(ServeAsync);

    public string Address => $"127.0.0.1:{((IPEndPoint)socket.Client.LocalEndPoint!).Port}";

    /// <summary>TXT records by name.</summary>
    public ConcurrentDictionary<string, string[]> Records { get; } = new(StringComparer.OrdinalIgnoreCase);

    public bool IsSilent { get; set; }

    async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var asked = await socket.ReceiveAsync();
                if (!IsSilent) await socket.SendAsync(Answer(asked.Buffer), asked.RemoteEndPoint);
            }
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException)
        {
            // the test is over
        }
    }

    byte[] Answer(byte[] question)
    {
        var labels = new List<string>();
        int at = 12;
        for (; question[at] != 0; at += question[at] + 1) labels.Add(Encoding.ASCII.GetString(question, at + 1, question[at]));
        var known = Records.TryGetValue(string.Join('.', labels), out var texts);
        byte count = (byte)(texts?.Length ?? 0);
        var answer = new List<byte> { question[0], question[1], 0x81, (byte)(known ? 0x80 : 0x83), 0, 1, 0, count, 0, 0, 0, 0 };
        answer.AddRange(question[12..(at + 5)]);
        foreach (var text in texts ?? [])
        {
            // Cut in two, as long records are.
            byte[][] parts = [Encoding.ASCII.GetBytes(text[..(text.Length / 2)]), Encoding.ASCII.GetBytes(text[(text.Length / 2)..])];
            int length = parts.Sum(p => p.Length + 1);
            answer.AddRange([0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 60, (byte)(length >> 8), (byte)length]);
            foreach (var part in parts) answer.AddRange([(byte)part.Length, .. part]);
        }
        return [.. answer];
    }

    public void Dispose() => socket.Dispose();
}

using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Latchkey.Platform.Web;

/// <summary>
/// Looks TXT records up (RFC 1035): one question by UDP to the configured name server. The framework resolves addresses only.
/// </summary>
public sealed class DnsTxt(LatchkeySettings settings)
{
    private const int Header = 12, Txt = 16, Internet = 1, MostLabel = 63, MostName = 253;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <param name="name">A host name in ASCII.</param>
    /// <param name="cancel">Cancels the look-up.</param>
    /// <returns>The texts of its TXT records, none when it has none; null when no name server answered.</returns>
    public async Task<IReadOnlyList<string>?> FindAsync(string name, CancellationToken cancel)
    {
        if ((settings.DnsServer ?? OfTheMachine()) is not { } server || !TryAsk(name, out byte[] question)) return null;
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        timer.CancelAfter(Patience);
        try
        {
            using var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            await socket.ConnectAsync(server, timer.Token);
            await socket.SendAsync(question, timer.Token);
            byte[] answer = new byte[4096];
            while (true)
            {
                int length = await socket.ReceiveAsync(answer, timer.Token);
                // Another question's answer, or one that nobody asked for.
                if (length > Header && answer.AsSpan(0, 2).SequenceEqual(question.AsSpan(0, 2))) return Read(answer.AsSpan(0, length));
            }
        }
        catch (Exception e) when (e is SocketException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return null;
        }
    }

    private static bool TryAsk(string name, out byte[] question)
    {
        question = [];
        string[] labels = name.Split('.');
        if (name.Length > MostName || !Ascii.IsValid(name) || labels.Any(l => l.Length is 0 or > MostLabel)) return false;
        var bytes = new List<byte>(RandomNumberGenerator.GetBytes(2)) { 0x01, 0x00, 0, 1, 0, 0, 0, 0, 0, 0 };
        foreach (string label in labels)
        {
            bytes.Add((byte)label.Length);
            bytes.AddRange(Encoding.ASCII.GetBytes(label));
        }
        question = [.. bytes, 0, 0, Txt, 0, Internet];
        return true;
    }

    private static List<string>? Read(ReadOnlySpan<byte> answer)
    {
        var found = new List<string>();
        int code = answer[3] & 0x0f;
        if (code == 3) return found; // there is no such name
        if (code != 0) return null;
        int at = Header, questions = BinaryPrimitives.ReadUInt16BigEndian(answer[4..]), answers = BinaryPrimitives.ReadUInt16BigEndian(answer[6..]);
        for (int i = 0; i < questions; i++) at = PastName(answer, at) + 4;
        for (int i = 0; i < answers && at < answer.Length; i++)
        {
            at = PastName(answer, at);
            if (at + 10 > answer.Length) break;
            int type = BinaryPrimitives.ReadUInt16BigEndian(answer[at..]), length = BinaryPrimitives.ReadUInt16BigEndian(answer[(at + 8)..]);
            at += 10;
            if (at + length > answer.Length) break;
            if (type == Txt) found.Add(Strings(answer.Slice(at, length)));
            at += length;
        }
        return found;
    }

    /// <summary>A record is one or more strings of at most 255 bytes, which belong together.</summary>
    private static string Strings(ReadOnlySpan<byte> data)
    {
        var text = new StringBuilder();
        for (int at = 0; at < data.Length; at += data[at] + 1) text.Append(Encoding.ASCII.GetString(data.Slice(at + 1, Math.Min(data[at], data.Length - at - 1))));
        return text.ToString();
    }

    private static int PastName(ReadOnlySpan<byte> answer, int at)
    {
        while (at < answer.Length && answer[at] != 0)
        {
            if (answer[at] >= 0xc0) return at + 2; // a name that stands elsewhere in the answer
            at += answer[at] + 1;
        }
        return at + 1;
    }

    private static IPEndPoint? OfTheMachine()
    {
        const string file = "/etc/resolv.conf";
        string? line = File.Exists(file) ? File.ReadLines(file).FirstOrDefault(l => l.StartsWith("nameserver", StringComparison.Ordinal)) : null;
        return line?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is [_, { } address, ..] && IPAddress.TryParse(address, out var server) ? new IPEndPoint(server, 53) : null;
    }
}

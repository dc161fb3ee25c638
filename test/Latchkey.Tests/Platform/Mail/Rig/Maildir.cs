using System.Diagnostics;
using System.Text;

namespace Latchkey.Tests.Platform.Mail.Rig;

/// <summary>Watches a maildir's folder of new mails for mails by their Message-ID.</summary>
internal sealed class Maildir(string path)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<byte[]>> _mails = new(StringComparer.Ordinal);

    public async Task<MailReader> WaitForAsync(string messageId, CancellationToken cancel)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            Look();
            if (_mails.TryGetValue(messageId, out var found)) return new MailReader(found[0]);
            if (Stopwatch.GetElapsedTime(started) > Patience) throw new TimeoutException($"{messageId} has not arrived in {path}.");
            await Task.Delay(20, cancel); // until another process has delivered; there is nothing to be told by
        }
    }

    public int Copies(string messageId)
    {
        Look();
        return _mails.TryGetValue(messageId, out var found) ? found.Count : 0;
    }

    private void Look()
    {
        if (!Directory.Exists(path)) return; // made with the first mail
        foreach (var file in Directory.EnumerateFiles(path))
        {
            if (!_seen.Add(file)) continue;
            var bytes = File.ReadAllBytes(file);
            var id = Encoding.Latin1.GetString(bytes).Split('\n').FirstOrDefault(line => line.StartsWith("Message-ID: <", StringComparison.Ordinal))?[13..^1];
            if (id is null) continue; // another test's
            if (!_mails.TryAdd(id, [bytes])) _mails[id].Add(bytes);
        }
    }
}

using System.Diagnostics;
using System.Text;

namespace Latchkey.Tests.Rig;

/// <summary>The mails that Postfix delivered, one file each, found by the address that the envelope named.</summary>
internal sealed class Maildir(string folder)
{
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Waits until <paramref name="count"/> mails to the address are there; returns all of them, oldest first, as delivered.</summary>
    public async Task<IReadOnlyList<byte[]>> WaitAsync(string address, int count, TimeSpan timeout, CancellationToken cancellation)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            var mails = await ReadAsync(address, cancellation);
            if (mails.Count >= count)
            {
                return mails;
            }

            if (waited.Elapsed > timeout)
            {
                throw new TimeoutException($"{mails.Count} of {count} mails to {address} after {timeout}.");
            }

            await Task.Delay(Pause, cancellation);
        }
    }

    /// <summary>Waits for the first mail to the address.</summary>
    public async Task<byte[]> WaitAsync(string address, CancellationToken cancellation) =>
        (await WaitAsync(address, 1, TimeSpan.FromSeconds(30), cancellation))[0];

    public async Task<IReadOnlyList<byte[]>> ReadAsync(string address, CancellationToken cancellation)
    {
        // Postfix makes the folder with its first delivery, and a mail appears in it complete, by rename.
        var files = Directory.Exists(folder) ? new DirectoryInfo(folder).GetFiles() : [];
        var mails = new List<byte[]>();
        foreach (var file in files.OrderBy(file => file.LastWriteTimeUtc).ThenBy(file => file.Name, StringComparer.Ordinal))
        {
            var mail = await File.ReadAllBytesAsync(file.FullName, cancellation);
            if (IsTo(mail, address))
            {
                mails.Add(mail);
            }
        }

        return mails;
    }

    static bool IsTo(byte[] mail, string address)
    {
        // Postfix puts the envelope's recipient above everything the sender wrote.
        using var lines = new StreamReader(new MemoryStream(mail), Encoding.UTF8);
        while (lines.ReadLine() is { Length: > 0 } line && !line.StartsWith("Received:", StringComparison.OrdinalIgnoreCase))
        {
            if (string.Equals(line, $"X-Original-To: {address}", StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}

using System.Buffers;
using System.Text;

namespace Latchkey.Platform.Mail.Mime;

/// <summary>Content that needs no encoding: ASCII without control characters, in lines that every relay leaves whole.</summary>
internal static class SevenBit
{
    // RFC 5322 §2.1.1 allows 998; some relays cut at less, and a cut link is a dead link.
    private const int LongestLine = 900;
    private static readonly SearchValues<char> Allowed =
        SearchValues.Create([.. "\t\r\n", .. Enumerable.Range(' ', 95).Select(c => (char)c)]);

    public static bool Fits(ReadOnlySpan<char> content)
    {
        if (content.IndexOfAnyExcept(Allowed) >= 0) return false;
        var lines = new ContentLines(content);
        while (lines.MoveNext())
            if (lines.Current.Length >= LongestLine) return false;
        return true;
    }

    public static void Write(ReadOnlySpan<char> content, IBufferWriter<byte> to)
    {
        var lines = new ContentLines(content);
        for (var first = true; lines.MoveNext(); first = false)
        {
            if (!first) to.Write("\r\n"u8);
            Encoding.ASCII.GetBytes(lines.Current, to);
        }
    }
}

using System.Buffers;
using System.Text;

namespace Latchkey.Platform.Mail.Mime;

/// <summary>RFC 2045 §6.7: content as lines of at most 76 printable ASCII characters.</summary>
internal static class QuotedPrintable
{
    private const int Room = 75; // and one for the "=" of a soft break

    public static void Write(ReadOnlySpan<char> content, IBufferWriter<byte> to)
    {
        var lines = new ContentLines(content);
        for (var first = true; lines.MoveNext(); first = false)
        {
            if (!first) to.Write("\r\n"u8);
            WriteLine(lines.Current, to);
        }
    }

    private static void WriteLine(ReadOnlySpan<char> line, IBufferWriter<byte> to)
    {
        var rented = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(line.Length));
        var utf8 = rented.AsSpan(0, Encoding.UTF8.GetBytes(line, rented));
        var output = to.GetSpan(utf8.Length * 4 + 4); // =XX for each byte and a soft break every 25
        var at = 0;
        var column = 0;
        for (var i = 0; i < utf8.Length; i++)
        {
            // Blanks at the end of a line are lost on the way unless encoded.
            var literal = utf8[i] is >= 33 and <= 126 and not (byte)'=' || (utf8[i] is (byte)' ' or (byte)'\t' && i < utf8.Length - 1);
            var width = literal ? 1 : 3;
            if (column + width > Room)
            {
                "=\r\n"u8.CopyTo(output[at..]);
                at += 3;
                column = 0;
            }
            if (literal) output[at] = utf8[i];
            else WriteHex(utf8[i], output[at..]);
            at += width;
            column += width;
        }
        to.Advance(at);
        ArrayPool<byte>.Shared.Return(rented, clearArray: true); // it held the live link
    }

    private static void WriteHex(byte value, Span<byte> output)
    {
        output[0] = (byte)'=';
        output[1] = "0123456789ABCDEF"u8[value >> 4];
        output[2] = "0123456789ABCDEF"u8[value & 15];
    }
}

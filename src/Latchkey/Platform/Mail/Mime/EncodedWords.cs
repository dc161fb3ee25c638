using System.Text;

namespace Latchkey.Platform.Mail.Mime;

/// <summary>RFC 2047: header text beyond ASCII as encoded words of at most 75 characters, each of whole characters.</summary>
internal static class EncodedWords
{
    private const int Line = 76;
    private const int Frame = 12; // =?utf-8?q??=

    /// <param name="value">The text.</param>
    /// <param name="column">Where on its line the first word starts.</param>
    public static IReadOnlyList<string> Encode(string value, int column)
    {
        var utf8 = Encoding.UTF8.GetBytes(value);
        var escaped = utf8.Count(b => !IsLiteral(b) && b != ' ');
        var base64 = (utf8.Length + 2) / 3 * 4 < utf8.Length + 2 * escaped;
        var words = new List<string>();
        for (var start = 0; start < utf8.Length;)
        {
            var room = Line - (words.Count == 0 ? column : 1) - Frame;
            var length = base64 ? WholeCharacters(utf8, start, room / 4 * 3) : FittingQ(utf8, start, room);
            var piece = utf8.AsSpan(start, length);
            words.Add(base64 ? $"=?utf-8?b?{Convert.ToBase64String(piece)}?=" : $"=?utf-8?q?{Q(piece)}?=");
            start += length;
        }
        return words;
    }

    private static int FittingQ(byte[] utf8, int start, int room)
    {
        var end = start;
        while (end < utf8.Length && (room -= IsLiteral(utf8[end]) || utf8[end] == ' ' ? 1 : 3) >= 0) end++;
        return WholeCharacters(utf8, start, end - start);
    }

    // A piece never ends inside a UTF-8 sequence: readers decode each word by itself.
    private static int WholeCharacters(byte[] utf8, int start, int length)
    {
        if (start + length >= utf8.Length) return utf8.Length - start;
        while ((utf8[start + length] & 0xC0) == 0x80) length--;
        return length;
    }

    private static string Q(ReadOnlySpan<byte> piece)
    {
        var text = new StringBuilder(piece.Length * 3);
        foreach (var b in piece)
        {
            if (b == ' ') text.Append('_');
            else if (IsLiteral(b)) text.Append((char)b);
            else text.Append('=').Append(Convert.ToHexString([b]));
        }
        return text.ToString();
    }

    // The narrow set of RFC 2047 §5 (3), allowed in display names too.
    private static bool IsLiteral(byte b) => char.IsAsciiLetterOrDigit((char)b) || b is (byte)'!' or (byte)'*' or (byte)'+' or (byte)'-' or (byte)'/';
}

using System.Text;
using System.Text.Unicode;

namespace Latchkey.Platform.Csv;

/// <summary>Finds out how a file spells its characters: by its mark, else UTF-8 when every byte of it is, else Windows-1252.</summary>
internal static class CsvEncoding
{
    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>Leaves the stream after the mark.</summary>
    public static Encoding Detect(Stream stream)
    {
        Span<byte> start = stackalloc byte[4];
        stream.Position = 0;
        start = start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        if (start.StartsWith("PK\u0003\u0004"u8) || start.StartsWith<byte>([0xD0, 0xCF, 0x11, 0xE0]))
            throw new ImportRefusedException($"This is a workbook, not a CSV file. Open it in the spreadsheet program and save it as “CSV UTF-8”.");
        if (start.StartsWith<byte>([0xFF, 0xFE])) return From(stream, 2, Encoding.Unicode);
        if (start.StartsWith<byte>([0xFE, 0xFF])) return From(stream, 2, Encoding.BigEndianUnicode);
        // One invalid byte at the end makes the whole file something else, so all of it is looked at first.
        int mark = start.StartsWith<byte>([0xEF, 0xBB, 0xBF]) ? 3 : 0;
        stream.Position = mark;
        if (IsUtf8(stream)) return From(stream, mark, Encoding.UTF8);
        if (mark > 0) throw new ImportRefusedException($"The file begins as UTF-8, but not all of it is. Save it again as “CSV UTF-8”.");
        return From(stream, 0, Windows1252);
    }

    private static Encoding From(Stream stream, int position, Encoding encoding)
    {
        stream.Position = position;
        return encoding;
    }

    private static bool IsUtf8(Stream stream)
    {
        byte[] buffer = new byte[128 * 1024];
        int kept = 0;
        while (true)
        {
            int read = stream.Read(buffer, kept, buffer.Length - kept);
            var bytes = buffer.AsSpan(0, kept + read);
            if (bytes.Contains((byte)0))
                throw new ImportRefusedException($"The file contains NUL bytes: it is not text, or UTF-16 without its mark. Save it again as “CSV UTF-8”.");
            if (read == 0) return Utf8.IsValid(bytes);
            // A character may be cut by the end of the buffer; its first bytes wait for the rest.
            int whole = bytes.Length - CutBytes(bytes);
            if (!Utf8.IsValid(bytes[..whole])) return false;
            bytes[whole..].CopyTo(buffer);
            kept = bytes.Length - whole;
        }
    }

    private static int CutBytes(ReadOnlySpan<byte> bytes)
    {
        for (int back = 1; back <= Math.Min(3, bytes.Length); back++)
        {
            byte b = bytes[^back];
            if (b < 0x80) return 0;
            if (b >= 0xC0) return back < (b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : 2) ? back : 0;
        }
        return 0;
    }
}

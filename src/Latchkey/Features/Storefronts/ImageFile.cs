using System.Buffers.Binary;

namespace Latchkey.Features.Storefronts;

/// <summary>
/// A picture that somebody uploaded, known by its bytes and not by its name, and rebuilt of the parts that draw it: what else a file
/// may hold (a place, a comment, a page or a program after its end) is left behind. It is not decoded here: browsers do that.
/// </summary>
internal sealed record ImageFile(string Type, int Width, int Height, byte[] Content)
{
    private static readonly string[] PngParts = ["IHDR", "PLTE", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "pHYs", "IDAT", "IEND"];
    private static readonly string[] WebpParts = ["VP8 ", "VP8L", "ALPH", "ICCP"];

    /// <returns>Null when it is neither PNG, JPEG nor WebP, or is broken.</returns>
    public static ImageFile? Read(ReadOnlySpan<byte> file)
    {
        try
        {
            return IsPng(file) ? Png(file)
                : file.StartsWith<byte>([0xFF, 0xD8, 0xFF]) ? Jpeg(file)
                : file.Length > 12 && file.StartsWith("RIFF"u8) && file[8..].StartsWith("WEBP"u8) ? Webp(file)
                : null;
        }
        catch (ArgumentOutOfRangeException)
        {
            return null; // it ends in the middle
        }
    }

    private static bool IsPng(ReadOnlySpan<byte> file) => file.StartsWith<byte>([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);

    private static ImageFile? Png(ReadOnlySpan<byte> file)
    {
        using var content = new MemoryStream(file.Length);
        content.Write(file[..8]);
        var (width, height, hasData) = (0, 0, false);
        for (int at = 8; ;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file.Slice(at, 4));
            if (length is < 0 or > 100_000_000) return null;
            var part = file.Slice(at, 12 + length);
            string name = System.Text.Encoding.ASCII.GetString(part.Slice(4, 4));
            if (at == 8)
            {
                if (name != "IHDR" || length != 13) return null;
                (width, height) = (BinaryPrimitives.ReadInt32BigEndian(part[8..]), BinaryPrimitives.ReadInt32BigEndian(part[12..]));
            }
            if (Array.IndexOf(PngParts, name) >= 0) content.Write(part);
            // A part without which it cannot be drawn, and that we do not know.
            else if (char.IsAsciiLetterUpper(name[0])) return null;
            hasData |= name == "IDAT";
            if (name == "IEND") return hasData ? new("image/png", width, height, content.ToArray()) : null;
            at += 12 + length;
        }
    }

    private static ImageFile? Jpeg(ReadOnlySpan<byte> file)
    {
        using var content = new MemoryStream(file.Length);
        content.Write(file[..2]);
        var (width, height) = (0, 0);
        for (int at = 2; ;)
        {
            if (file.Slice(at, 2)[0] != 0xFF) return null;
            byte marker = file[at + 1];
            int length = BinaryPrimitives.ReadUInt16BigEndian(file.Slice(at + 2, 2));
            if (length < 2) return null;
            var part = file.Slice(at, 2 + length);
            // Start of frame, but for the tables that share its numbers.
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
                (height, width) = (BinaryPrimitives.ReadUInt16BigEndian(part[5..]), BinaryPrimitives.ReadUInt16BigEndian(part[7..]));
            // Of what is for programs: JFIF, the colour profile, and Adobe's colour transform. No place, no comment.
            bool isNeeded = marker is (>= 0xC0 and <= 0xCF) or 0xDB or 0xDD or 0xDA or 0xE0 or 0xEE || (marker == 0xE2 && part[4..].StartsWith("ICC_PROFILE"u8));
            if (isNeeded) content.Write(part);
            else if (marker is not ((>= 0xE0 and <= 0xEF) or 0xFE)) return null;
            at += 2 + length;
            if (marker != 0xDA) continue;
            int end = EndOfScan(file, at);
            content.Write(file[at..end]);
            at = end;
            if (file.Slice(at, 2)[1] != 0xD9) continue;
            content.Write(file.Slice(at, 2));
            return new("image/jpeg", width, height, content.ToArray());
        }
    }

    /// <summary>In a scan FF stands before 00 when it is data, and before the numbers of restarts.</summary>
    private static int EndOfScan(ReadOnlySpan<byte> file, int at)
    {
        while (!(file.Slice(at, 2)[0] == 0xFF && file[at + 1] is not (0x00 or (>= 0xD0 and <= 0xD7)))) at++;
        return at;
    }

    private static ImageFile? Webp(ReadOnlySpan<byte> file)
    {
        int size = BinaryPrimitives.ReadInt32LittleEndian(file[4..]);
        if (size < 12 || size > file.Length - 8) return null;
        using var content = new MemoryStream(file.Length);
        content.Write(file[..12]);
        var (width, height) = (0, 0);
        for (int at = 12; at < size + 8;)
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(file.Slice(at + 4, 4));
            if (length is < 0 or > 100_000_000) return null;
            var part = file.Slice(at, 8 + length);
            string name = System.Text.Encoding.ASCII.GetString(part[..4]);
            if (name == "VP8 ") (width, height) = (BinaryPrimitives.ReadUInt16LittleEndian(part.Slice(14, 2)) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(part.Slice(16, 2)) & 0x3FFF);
            if (name == "VP8L") (width, height) = LosslessSize(BinaryPrimitives.ReadUInt32LittleEndian(part.Slice(9, 4)));
            if (name is "ANIM" or "ANMF") return null; // a logo stands still
            if (name == "VP8X")
            {
                byte[] flags = [.. part];
                flags[8] &= 0x30; // alpha and colour profile: what follows no longer has more
                content.Write(flags);
            }
            else if (Array.IndexOf(WebpParts, name) >= 0)
            {
                content.Write(part);
                if (length % 2 == 1) content.WriteByte(0);
            }
            at += 8 + length + length % 2;
        }
        byte[] rebuilt = content.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(rebuilt.AsSpan(4), rebuilt.Length - 8);
        return new("image/webp", width, height, rebuilt);
    }

    private static (int, int) LosslessSize(uint bits) => ((int)(bits & 0x3FFF) + 1, (int)((bits >> 14) & 0x3FFF) + 1);
}

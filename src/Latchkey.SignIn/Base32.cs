using System.Buffers;

namespace Latchkey.SignIn;

/// <summary>RFC 4648 base 32 in lower case without padding: survives gateways that change case.</summary>
internal static class Base32
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";
    private static readonly SearchValues<char> Characters = SearchValues.Create(Alphabet);

    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var text = new char[(bytes.Length * 8 + 4) / 5];
        int buffer = 0, bits = 0, at = 0;
        foreach (byte b in bytes)
        {
            buffer = (buffer << 8) | b;
            for (bits += 8; bits >= 5; bits -= 5) text[at++] = Alphabet[(buffer >> (bits - 5)) & 31];
            buffer &= (1 << bits) - 1;
        }
        if (bits > 0) text[at] = Alphabet[(buffer << (5 - bits)) & 31];
        return new string(text);
    }

    /// <summary>Up to 64 bits of it.</summary>
    public static ulong Decode(string text) => text.Aggregate(0UL, (bits, c) => (bits << 5) | (uint)Alphabet.IndexOf(c, StringComparison.Ordinal));

    public static bool IsOf(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(Characters);
}

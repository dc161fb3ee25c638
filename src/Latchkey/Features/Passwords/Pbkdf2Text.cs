using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Latchkey.Features.Passwords;

/// <summary>PBKDF2 as other systems write it: <c>pbkdf2_sha256$rounds$salt$hash</c> (Django), <c>$pbkdf2-sha256$rounds$salt$hash</c> (PHC, passlib).</summary>
internal sealed record Pbkdf2Text(HashAlgorithmName Algorithm, int Rounds, byte[] Salt, byte[] Hash)
{
    private const int MostRounds = 2_000_000;

    public static bool TryRead(string text, [NotNullWhen(true)] out Pbkdf2Text? read)
    {
        read = null;
        bool isPhc = text.StartsWith("$pbkdf2-", StringComparison.Ordinal);
        string[] parts = (isPhc ? text[1..] : text).Split('$');
        if (parts is not [var name, var rounds, var salt, var hash] || Algorithms(name) is not { } algorithm) return false;
        rounds = isPhc && rounds.StartsWith("i=", StringComparison.Ordinal) ? rounds[2..] : rounds;
        if (!int.TryParse(rounds, NumberStyles.None, CultureInfo.InvariantCulture, out int count) || count is < 1 or > MostRounds) return false;
        byte[]? salted = isPhc ? Base64(salt) : Encoding.UTF8.GetBytes(salt);
        // Of the whole length: the beginning of a PBKDF2 hash is right too, so one that was cut off would be easier to guess.
        if (salted is not { Length: > 0 } || Base64(hash) is not { } bytes || bytes.Length != (algorithm == HashAlgorithmName.SHA256 ? 32 : 64)) return false;
        read = new Pbkdf2Text(algorithm, count, salted, bytes);
        return true;
    }

    public bool Verify(string password) =>
        CryptographicOperations.FixedTimeEquals(Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), Salt, Rounds, Algorithm, Hash.Length), Hash);

    private static HashAlgorithmName? Algorithms(string name) => name switch
    {
        "pbkdf2_sha256" or "pbkdf2-sha256" => HashAlgorithmName.SHA256,
        "pbkdf2_sha512" or "pbkdf2-sha512" => HashAlgorithmName.SHA512,
        _ => null,
    };

    /// <summary>With or without padding, and with passlib's full stop for the plus.</summary>
    private static byte[]? Base64(string text)
    {
        string plain = text.TrimEnd('=').Replace('.', '+');
        byte[] bytes = new byte[plain.Length];
        return Convert.TryFromBase64String(plain.PadRight((plain.Length + 3) / 4 * 4, '='), bytes, out int length) ? bytes[..length] : null;
    }
}

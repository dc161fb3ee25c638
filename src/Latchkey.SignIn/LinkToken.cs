using System.Text;

namespace Latchkey.SignIn;

/// <summary>The secret part of a mailed link: 160 bits as 32 lower-case letters and digits. Only its hash is stored.</summary>
public sealed class LinkToken
{
    /// <summary>Length of the secret in bytes.</summary>
    public const int Bytes = 20;

    private const int Characters = 32;
    /// <summary>What mail programs leave at the end of an address: padding, full stops, brackets, quotes.</summary>
    private const string Debris = "=.,;:!?)>]}\"'";

    internal LinkToken(ReadOnlySpan<byte> secret)
        : this(Base32.Encode(secret))
    {
    }

    private LinkToken(string value) => Value = value;

    /// <summary>The text that goes into the link.</summary>
    public string Value { get; }

    internal byte[] Hash() => SignInKey.Hash(Value);

    /// <summary>
    /// Reads a token as it came back from a mail program. Upper case and debris at the end are put right; anything else
    /// than exactly one well-formed token is damaged.
    /// </summary>
    /// <param name="text">The last part of the link's path.</param>
    /// <returns>The token, or null when it is damaged.</returns>
    public static LinkToken? Read(string? text)
    {
        if (text is null || text.Length > Characters + 16) return null;
        string token = text.TrimEnd(Debris.ToCharArray()).ToLowerInvariant();
        // Checked before lowering too: the Kelvin sign lowers to an ASCII k.
        return token.Length == Characters && Base32.IsOf(token) && Ascii.IsValid(text) ? new LinkToken(token) : null;
    }

    /// <summary>Hides the secret from logs and debuggers' one-line views.</summary>
    public override string ToString() => "(link token)";
}

using System.Security.Cryptography;

namespace Latchkey.SignIn;

/// <summary>
/// A random value that a browser keeps in a cookie, so that the browser that asked for a link is known again when the link
/// is opened. It identifies a browser, never a person, and signs nobody in.
/// </summary>
public sealed class BrowserSecret
{
    private const int Bytes = 20;
    private const int Characters = 32;

    private BrowserSecret(string value) => Value = value;

    /// <summary>The cookie's value.</summary>
    public string Value { get; }

    internal byte[] Hash() => SignInKey.Hash(Value);

    /// <summary>A new one: 160 random bits.</summary>
    public static BrowserSecret Create() => new(Base32.Encode(RandomNumberGenerator.GetBytes(Bytes)));

    /// <summary>Reads the cookie.</summary>
    /// <param name="cookie">The cookie's value, as sent by the browser.</param>
    /// <returns>The secret, or null when the cookie is missing or not one of ours.</returns>
    public static BrowserSecret? Read(string? cookie) =>
        cookie is { Length: Characters } && Base32.IsOf(cookie) ? new BrowserSecret(cookie) : null;

    /// <summary>Hides the secret from logs.</summary>
    public override string ToString() => "(browser secret)";
}

using System.Security.Cryptography;
using System.Text;

namespace Latchkey.Platform.Mail.Providers;

/// <summary>Standard Webhooks, as Svix has it: base 64 of HMAC-SHA256 over id, time and body, joined by full stops.</summary>
internal static class StandardSignature
{
    private const string Prefix = "whsec_", Version = "v1,";

    /// <returns>Null when it is no secret of this form.</returns>
    public static byte[]? Key(string secret)
    {
        string text = secret.StartsWith(Prefix, StringComparison.Ordinal) ? secret[Prefix.Length..] : secret;
        var key = new byte[text.Length];
        return Convert.TryFromBase64String(text, key, out int length) && length >= 16 ? key[..length] : null;
    }

    /// <param name="key">The secret's bytes.</param>
    /// <param name="id">The message's id.</param>
    /// <param name="timestamp">Seconds since 1970, as sent.</param>
    /// <param name="body">The body, as sent.</param>
    /// <param name="signatures">One or several, with spaces: while a secret is changed there are two.</param>
    public static bool IsValid(byte[] key, string id, string timestamp, byte[] body, string signatures)
    {
        byte[] expected = Encoding.ASCII.GetBytes(Sign(key, id, timestamp, body));
        bool valid = false;
        foreach (string signature in signatures.Split(' ')) valid |= HookTime.Matches(expected, Encoding.UTF8.GetBytes(signature));
        return valid;
    }

    public static string Sign(byte[] key, string id, string timestamp, byte[] body) =>
        Version + Convert.ToBase64String(HMACSHA256.HashData(key, (byte[])[.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body]));
}

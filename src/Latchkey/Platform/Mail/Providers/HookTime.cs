using System.Security.Cryptography;
using System.Text;

namespace Latchkey.Platform.Mail.Providers;

/// <summary>What the signatures of several providers have in common.</summary>
internal static class HookTime
{
    public static bool IsNear(long unixSeconds, DateTimeOffset now, TimeSpan tolerance) =>
        Math.Abs((decimal)unixSeconds - now.ToUnixTimeSeconds()) <= (decimal)tolerance.TotalSeconds;

    /// <summary>Stands in for an event's own name, where it has none.</summary>
    public static string Fingerprint(ProviderJson json) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json.Element.GetRawText())));

    public static bool Matches(byte[] expected, ReadOnlySpan<byte> given) => CryptographicOperations.FixedTimeEquals(expected, given);
}

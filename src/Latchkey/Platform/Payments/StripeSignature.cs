using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Latchkey.Platform.Payments;

/// <summary>
/// Stripe's signature: <c>t=seconds,v1=hex</c>, HMAC-SHA256 over the time, a full stop and the body's bytes, under the whole secret. There
/// are several while a secret is changed; other schemes than v1 are not looked at.
/// </summary>
public static class StripeSignature
{
    public const string Header = "Stripe-Signature";
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    public static StripeVerdict Check(IReadOnlyList<string> secrets, string? header, byte[] body, DateTimeOffset now)
    {
        var parts = (header ?? "").Split(',').Select(p => p.Split('=', 2)).Where(p => p.Length == 2).ToList();
        if (parts.Where(p => p[0] == "t").Select(p => p[1]).ToList() is not [var time] || !long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)) return StripeVerdict.Forged;
        bool genuine = false;
        foreach (string secret in secrets)
        {
            byte[] expected = Encoding.ASCII.GetBytes(Sign(secret, seconds, body));
            foreach (var part in parts)
                if (part[0] == "v1") genuine |= CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(part[1]));
        }
        if (!genuine) return StripeVerdict.Forged;
        return Math.Abs(now.ToUnixTimeSeconds() - seconds) <= Tolerance.TotalSeconds ? StripeVerdict.Genuine : StripeVerdict.Old;
    }

    public static string Write(string secret, DateTimeOffset now, byte[] body) => string.Create(CultureInfo.InvariantCulture, $"t={now.ToUnixTimeSeconds()},v1={Sign(secret, now.ToUnixTimeSeconds(), body)}");

    public static string Sign(string secret, long seconds, byte[] body) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), (byte[])[.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seconds}.")), .. body]));
}

public enum StripeVerdict
{
    Genuine,
    Forged,
    /// <summary>Once genuine, or from a clock that is wrong.</summary>
    Old,
}

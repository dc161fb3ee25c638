using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;

namespace Latchkey.Platform.Mail.Providers.Ses;

/// <summary>What SNS keeps at its own addresses: the certificates it signs with, and the pages that confirm a subscription. Nothing else is ever asked for.</summary>
internal sealed partial class SnsFiles(IHttpClientFactory clients)
{
    public const string Client = "sns";
    private const int MostKept = 100;

    private readonly ConcurrentDictionary<string, byte[]> certificates = new(StringComparer.Ordinal);

    /// <returns>Null when the address is not one of SNS's.</returns>
    /// <exception cref="HttpRequestException">It could not be had.</exception>
    /// <exception cref="TaskCanceledException">It was not had in time.</exception>
    public async Task<RSA?> CertificateKeyAsync(string? address, CancellationToken cancel)
    {
        if (Allowed(address) is not { } url || !url.AbsolutePath.EndsWith(".pem", StringComparison.Ordinal) || url.Query.Length > 0) return null;
        if (!certificates.TryGetValue(url.AbsoluteUri, out byte[]? bytes))
        {
            bytes = await GetAsync(url, cancel);
            if (certificates.Count >= MostKept) certificates.Clear();
            certificates[url.AbsoluteUri] = bytes;
        }
        try
        {
            using var certificate = X509Certificate2.CreateFromPem(System.Text.Encoding.ASCII.GetString(bytes));
            return certificate.GetRSAPublicKey();
        }
        catch (CryptographicException)
        {
            certificates.TryRemove(url.AbsoluteUri, out _);
            return null;
        }
    }

    /// <summary>Tells SNS that we want what the topic sends.</summary>
    /// <returns>False when the address is not one of SNS's.</returns>
    public async Task<bool> ConfirmAsync(string? address, CancellationToken cancel)
    {
        if (Allowed(address) is not { } url) return false;
        await GetAsync(url, cancel);
        return true;
    }

    private async Task<byte[]> GetAsync(Uri url, CancellationToken cancel)
    {
        using var client = clients.CreateClient(Client);
        return await client.GetByteArrayAsync(url, cancel);
    }

    private static Uri? Allowed(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps && url.IsDefaultPort && url.UserInfo.Length == 0 && Host().IsMatch(url.Host) ? url : null;

    [GeneratedRegex(@"^sns\.[a-zA-Z0-9\-]{3,}\.amazonaws\.com(\.cn)?\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Host();
}

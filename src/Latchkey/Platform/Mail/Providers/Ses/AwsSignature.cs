using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Latchkey.Platform.Mail.Providers.Ses;

/// <summary>AWS Signature Version 4, for requests without a query: the headers host and x-amz-date are signed, and the token if there is one.</summary>
internal static class AwsSignature
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>Adds the headers that prove the request.</summary>
    public static void Sign(HttpRequestMessage request, byte[] body, AwsKeys keys, string region, string service, DateTimeOffset now)
    {
        string time = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        request.Headers.Add("X-Amz-Date", time);
        if (keys.SessionToken is { } token) request.Headers.Add("X-Amz-Security-Token", token);
        var url = request.RequestUri!;
        SortedDictionary<string, string> headers = new(StringComparer.Ordinal) { ["host"] = url.Authority, ["x-amz-date"] = time };
        if (keys.SessionToken is not null) headers["x-amz-security-token"] = keys.SessionToken;

        string names = string.Join(';', headers.Keys), scope = $"{time[..8]}/{region}/{service}/aws4_request";
        string canonical = $"{request.Method.Method}\n{url.AbsolutePath}\n\n{string.Concat(headers.Select(h => $"{h.Key}:{h.Value}\n"))}\n{names}\n{Hex(SHA256.HashData(body))}";
        string toSign = $"{Algorithm}\n{time}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        byte[] key = scope.Split('/').Aggregate(Encoding.UTF8.GetBytes($"AWS4{keys.SecretAccessKey}"), Hmac);
        request.Headers.TryAddWithoutValidation("Authorization", $"{Algorithm} Credential={keys.AccessKeyId}/{scope}, SignedHeaders={names}, Signature={Hex(Hmac(key, toSign))}");
    }

    private static byte[] Hmac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}

internal sealed record AwsKeys(string AccessKeyId, string SecretAccessKey, string? SessionToken)
{
    // The record's own would print the secret.
    public override string ToString() => AccessKeyId;
}

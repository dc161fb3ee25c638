using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Latchkey.Platform.Mail.Providers.SendGrid;

/// <summary>SendGrid signs time and body with a key of its own; we know the public half.</summary>
internal sealed class SendGridHook : IMailHook
{
    public const string SignatureHeader = "X-Twilio-Email-Event-Webhook-Signature";
    public const string TimestampHeader = "X-Twilio-Email-Event-Webhook-Timestamp";
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(10);

    private readonly byte[] publicKey;

    /// <exception cref="FormatException">The key is not one.</exception>
    public SendGridHook(string verificationKey)
    {
        try
        {
            publicKey = Convert.FromBase64String(verificationKey);
            using var _ = Open();
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            throw new FormatException("SendGrid__WebhookKey must be the verification key of the signed event webhook, as SendGrid shows it.", e);
        }
    }

    public Task<HookVerdict> CheckAsync(HookCall call, DateTimeOffset now, CancellationToken cancel)
    {
        if (call.Header(TimestampHeader) is not { } timestamp || call.Header(SignatureHeader) is not { } text) return Task.FromResult(HookVerdict.Forged);
        var signature = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, signature, out int length)) return Task.FromResult(HookVerdict.Forged);
        using var key = Open();
        byte[] signed = [.. Encoding.UTF8.GetBytes(timestamp), .. call.Body];
        return Task.FromResult(
            !key.VerifyData(signed, signature.AsSpan(0, length), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence) ? HookVerdict.Forged
            : long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds) && HookTime.IsNear(seconds, now, Tolerance) ? HookVerdict.Genuine
            : HookVerdict.Old);
    }

    public IReadOnlyList<HookEvent> Events(HookCall call)
    {
        var json = ProviderJson.Parse(call.Body);
        if (json.Element.ValueKind != JsonValueKind.Array || json.Items.Any(e => !e.IsObject)) throw new JsonException("Not a list of events.");
        return [.. json.Items.Select(e => new HookEvent(e["sg_event_id"].Text is { Length: > 0 } id ? id : HookTime.Fingerprint(e), e.Element.GetRawText()))];
    }

    private ECDsa Open()
    {
        var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(publicKey, out _);
        return key;
    }
}

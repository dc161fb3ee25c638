using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Latchkey.Platform.Mail.Providers.Ses;

/// <summary>SES reports through SNS, which signs with a certificate of its own. Only the topics that were named are believed.</summary>
internal sealed class SesHook(IReadOnlyList<string> topics, SnsFiles files) : IMailHook
{
    private const string Notification = "Notification", Subscription = "SubscriptionConfirmation", End = "UnsubscribeConfirmation";
    private static readonly TimeSpan Tolerance = TimeSpan.FromHours(1);
    private static readonly string[] OfNotification = ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"];
    private static readonly string[] OfConfirmation = ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"];

    public async Task<HookVerdict> CheckAsync(HookCall call, DateTimeOffset now, CancellationToken cancel)
    {
        var json = ProviderJson.Read(call.Body);
        string? type = json["Type"].Text;
        if (type is not (Notification or Subscription or End) || call.Header("x-amz-sns-message-type") != type || call.Header("x-amz-sns-message-id") != json["MessageId"].Text
            || !topics.Contains(json["TopicArn"].Text, StringComparer.Ordinal)) return HookVerdict.Forged;
        using var key = await files.CertificateKeyAsync(json["SigningCertURL"].Text, cancel);
        if (key is null || !IsSigned(json, type == Notification ? OfNotification : OfConfirmation, key)) return HookVerdict.Forged;
        if (json["Timestamp"].Time is not { } at || (now - at).Duration() > Tolerance) return HookVerdict.Old;
        if (type == Subscription && !await files.ConfirmAsync(json["SubscribeURL"].Text, cancel)) return HookVerdict.Forged;
        return HookVerdict.Genuine;
    }

    public IReadOnlyList<HookEvent> Events(HookCall call)
    {
        var json = ProviderJson.Parse(call.Body);
        string message = json["Message"].Text ?? "";
        // SES tries a topic out with a sentence that is no JSON.
        return json["Type"].Text == Notification && ProviderJson.Read(Encoding.UTF8.GetBytes(message)).IsObject
            ? [new HookEvent(json["MessageId"].Text ?? throw new JsonException("Not a message of SNS."), message)]
            : [];
    }

    private static bool IsSigned(ProviderJson json, string[] fields, RSA key)
    {
        var signed = new StringBuilder();
        foreach (string field in fields)
            if (json[field].Text is { } value) signed.Append(field).Append('\n').Append(value).Append('\n');
        var text = json["Signature"].Text ?? "";
        var signature = new byte[text.Length];
        HashAlgorithmName? hash = json["SignatureVersion"].Text switch { "1" => HashAlgorithmName.SHA1, "2" => HashAlgorithmName.SHA256, _ => null };
        return hash is { } algorithm && Convert.TryFromBase64String(text, signature, out int length)
            && key.VerifyData(Encoding.UTF8.GetBytes(signed.ToString()), signature.AsSpan(0, length), algorithm, RSASignaturePadding.Pkcs1);
    }
}

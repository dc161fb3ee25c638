using System.Text.Json;
using System.Text.Json.Nodes;
using Latchkey.Platform.Mail.Mime;

namespace Latchkey.Platform.Mail.Providers.Ses;

internal sealed class SesProvider(SesSettings settings, SnsFiles files) : IMailProvider
{
    private readonly AwsKeys keys = new(settings.AccessKeyId, settings.SecretAccessKey, settings.SessionToken);

    public MailProviderName Name => MailProviderName.Ses;

    public IMailHook? Hook { get; } = settings.TopicArns.Count > 0 ? new SesHook(settings.TopicArns, files) : null;

    public HttpRequestMessage Write(OutgoingMail mail, DateTimeOffset now)
    {
        var body = new JsonObject
        {
            ["FromEmailAddress"] = Sender(mail.From),
            ["Destination"] = new JsonObject { ["ToAddresses"] = new JsonArray(mail.To.Address) },
            ["Content"] = new JsonObject
            {
                ["Simple"] = new JsonObject
                {
                    ["Subject"] = Text(mail.Subject),
                    ["Body"] = new JsonObject { ["Html"] = Text(mail.Html), ["Text"] = Text(mail.Text) },
                },
            },
            ["EmailTags"] = new JsonArray(new JsonObject { [nameof(Name)] = MessageKey.Name, ["Value"] = MessageKey.Of(mail).ToString() }),
        };
        if (settings.ConfigurationSet is { } set) body["ConfigurationSetName"] = set;
        var request = ProviderJson.Post(new Uri(settings.ApiBase, "/v2/email/outbound-emails"), body);
        AwsSignature.Sign(request, JsonSerializer.SerializeToUtf8Bytes<JsonNode>(body), keys, settings.Region, "ses", now);
        return request;
    }

    public Handover Read(ProviderAnswer answer, OutgoingMail mail)
    {
        if (answer.IsYes) return answer.Taken(answer.Json["MessageId"].Text);
        // The type may have an address behind it: NotFoundException:http://internal.amazon.com/…
        string type = (answer.Header("x-amzn-ErrorType") ?? "").Split(':')[0], words = answer.Json["message"].Text ?? "";
        return type switch
        {
            "TooManyRequestsException" => answer.Later(MailReason.TooFast),
            "LimitExceededException" => answer.Later(MailReason.QuotaUsedUp),
            "SendingPausedException" or "AccountSuspendedException" => answer.Later(MailReason.AccountPaused),
            "MailFromDomainNotVerifiedException" => answer.Later(MailReason.SenderNotVerified),
            "NotFoundException" => answer.Later(MailReason.SesSet),
            "MessageRejected" when words.Contains("not verified", StringComparison.OrdinalIgnoreCase) => answer.Later(MailReason.SenderNotVerified),
            "MessageRejected" => answer.Refused(MailReason.ProviderRefused),
            "BadRequestException" when words.Contains("address", StringComparison.OrdinalIgnoreCase) => answer.Refused(MailReason.AddressRefused),
            _ when answer.Status is 401 or 403 => answer.Later(MailReason.SesKeys),
            _ => answer.Trouble ?? answer.Refused(MailReason.ProviderRefused),
        };
    }

    /// <summary>SES takes names beyond ASCII as a mail's header has them.</summary>
    private static string Sender(MailAddressee from)
    {
        string name = HeaderWriter.Cut(from.Name?.Trim() ?? "");
        return HeaderText.IsPlain(name) ? ProviderSetting.Mailbox(from) : $"{string.Join(' ', EncodedWords.Encode(name, 0))} <{from.Address}>";
    }

    private static JsonObject Text(string text) => new() { ["Data"] = text, ["Charset"] = "UTF-8" };
}

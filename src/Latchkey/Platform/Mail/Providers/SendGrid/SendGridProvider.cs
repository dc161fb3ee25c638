using System.Text.Json.Nodes;
using Latchkey.Platform.Mail.Mime;

namespace Latchkey.Platform.Mail.Providers.SendGrid;

internal sealed class SendGridProvider(SendGridSettings settings) : IMailProvider
{
    private static readonly string[] Lists = ["bounces", "blocks", "invalid_emails", "spam_reports"];

    public MailProviderName Name => MailProviderName.SendGrid;

    public IMailHook? Hook { get; } = settings.VerificationKey is { } key ? new SendGridHook(key) : null;

    public HttpRequestMessage Write(OutgoingMail mail, DateTimeOffset now)
    {
        var from = new JsonObject { ["email"] = mail.From.Address };
        if (HeaderWriter.Cut(mail.From.Name?.Trim() ?? "") is { Length: > 0 } name) from["name"] = name;
        return Signed(ProviderJson.Post(new Uri(settings.ApiBase, "/v3/mail/send"), new JsonObject
        {
            ["personalizations"] = new JsonArray(new JsonObject
            {
                ["to"] = new JsonArray(new JsonObject { ["email"] = mail.To.Address }),
                ["custom_args"] = new JsonObject { [MessageKey.Name] = MessageKey.Of(mail).ToString() },
            }),
            ["from"] = from,
            ["subject"] = mail.Subject,
            ["content"] = new JsonArray(
                new JsonObject { ["type"] = "text/plain", ["value"] = mail.Text },
                new JsonObject { ["type"] = "text/html", ["value"] = mail.Html }),
            ["tracking_settings"] = new JsonObject
            {
                ["click_tracking"] = new JsonObject { ["enable"] = false },
                ["open_tracking"] = new JsonObject { ["enable"] = false },
            },
        }));
    }

    public Handover Read(ProviderAnswer answer, OutgoingMail mail)
    {
        if (answer.IsYes) return answer.Taken(answer.Header("X-Message-Id"));
        if (answer.Trouble is { } trouble) return trouble;
        string field = answer.Json["errors"].First["field"].Text ?? "";
        return answer.Status switch
        {
            400 or 403 when field.StartsWith("from", StringComparison.Ordinal) => answer.Later(MailReason.SenderNotVerified),
            401 when answer.Json["errors"].First["message"].Text?.Contains("credits", StringComparison.OrdinalIgnoreCase) == true => answer.Later(MailReason.QuotaUsedUp),
            401 or 403 => answer.Later(MailReason.SendGridKey),
            400 when field.StartsWith("personalizations", StringComparison.Ordinal) => answer.Refused(MailReason.AddressRefused),
            413 => answer.Refused(MailReason.TooLarge),
            _ => answer.Refused(MailReason.ProviderRefused),
        };
    }

    public IReadOnlyList<HttpRequestMessage> Lift(string address) =>
        [.. Lists.Select(list => Signed(new HttpRequestMessage(HttpMethod.Delete, new Uri(settings.ApiBase, $"/v3/suppression/{list}/{Uri.EscapeDataString(address)}"))))];

    private HttpRequestMessage Signed(HttpRequestMessage request)
    {
        request.Headers.Authorization = new("Bearer", settings.ApiKey);
        return request;
    }
}

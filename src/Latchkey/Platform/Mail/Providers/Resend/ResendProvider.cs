using System.Text.Json.Nodes;

namespace Latchkey.Platform.Mail.Providers.Resend;

internal sealed class ResendProvider(ResendSettings settings) : IMailProvider
{
    public MailProviderName Name => MailProviderName.Resend;

    public IMailHook? Hook { get; } = settings.WebhookSecret is { } secret ? new ResendHook(StandardSignature.Key(secret)
        ?? throw new FormatException("Resend__WebhookSecret must be the signing secret of the webhook: whsec_ and base 64.")) : null;

    public HttpRequestMessage Write(OutgoingMail mail, DateTimeOffset now)
    {
        var request = ProviderJson.Post(new Uri(settings.ApiBase, "/emails"), new JsonObject
        {
            ["from"] = ProviderSetting.Mailbox(mail.From),
            ["to"] = new JsonArray(mail.To.Address),
            ["subject"] = mail.Subject,
            ["html"] = mail.Html,
            ["text"] = mail.Text,
            ["tags"] = new JsonArray(new JsonObject { ["name"] = MessageKey.Name, ["value"] = MessageKey.Of(mail).ToString() }),
        });
        request.Headers.Authorization = new("Bearer", settings.ApiKey);
        request.Headers.Add("Idempotency-Key", mail.Id.ToString("n"));
        return request;
    }

    public Handover Read(ProviderAnswer answer, OutgoingMail mail)
    {
        if (answer.IsYes) return answer.Taken(answer.Json["id"].Text);
        string name = answer.Json["name"].Text ?? "", words = answer.Json["message"].Text ?? "";
        return (answer.Status, name) switch
        {
            (429, "daily_quota_exceeded" or "monthly_quota_exceeded") => answer.Later(MailReason.QuotaUsedUp),
            // The key was used for this mail before, by an attempt whose answer we missed: it was taken then.
            (409, "invalid_idempotent_request") when mail.Attempt > 1 => answer.Taken(null),
            (409, _) => answer.Later(MailReason.ProviderInTrouble),
            (403, "validation_error") => answer.Later(MailReason.SenderNotVerified),
            (401 or 403, _) => answer.Later(MailReason.ResendKey),
            (422 or 400, _) when Names("from") => answer.Later(MailReason.SenderNotVerified),
            (422 or 400, _) when Names("to") => answer.Refused(MailReason.AddressRefused),
            _ => answer.Trouble ?? answer.Refused(MailReason.ProviderRefused),
        };

        bool Names(string field) => words.Contains($"`{field}`", StringComparison.Ordinal);
    }
}

using System.Text.Json.Nodes;

namespace Latchkey.Platform.Mail.Providers.Postmark;

internal sealed class PostmarkProvider(PostmarkSettings settings) : IMailProvider
{
    public MailProviderName Name => MailProviderName.Postmark;

    public IMailHook? Hook { get; } = settings is { WebhookUser: { } user, WebhookPassword: { } password } ? new PostmarkHook(user, password) : null;

    public HttpRequestMessage Write(OutgoingMail mail, DateTimeOffset now) => Signed(ProviderJson.Post(new Uri(settings.ApiBase, "/email"), new JsonObject
    {
        ["From"] = ProviderSetting.Mailbox(mail.From),
        ["To"] = mail.To.Address,
        ["Subject"] = mail.Subject,
        ["HtmlBody"] = mail.Html,
        ["TextBody"] = mail.Text,
        ["MessageStream"] = settings.MessageStream,
        ["Metadata"] = new JsonObject { [MessageKey.Name] = MessageKey.Of(mail).ToString() },
        ["TrackOpens"] = false,
        ["TrackLinks"] = "None",
    }));

    public Handover Read(ProviderAnswer answer, OutgoingMail mail)
    {
        if (answer.IsYes) return answer.Taken(answer.Json["MessageID"].Text);
        if (answer.Status is 401 or 403) return answer.Later(MailReason.PostmarkKey);
        if (answer.Trouble is { } trouble) return trouble;
        var code = answer.Json["ErrorCode"].Number;
        return (code switch
        {
            10 => answer.Later(MailReason.PostmarkKey),
            300 => answer.Refused(MailReason.AddressRefused),
            400 or 401 => answer.Later(MailReason.SenderNotVerified),
            405 => answer.Later(MailReason.QuotaUsedUp),
            406 => answer.Refused(MailReason.OnProvidersList) with { WantsNoMore = true },
            412 or 413 => answer.Later(MailReason.AccountPaused),
            429 => answer.Later(MailReason.TooFast),
            _ => answer.Refused(MailReason.ProviderRefused),
        }) with { Code = code ?? answer.Status };
    }

    public IReadOnlyList<HttpRequestMessage> Lift(string address) =>
    [
        Signed(ProviderJson.Post(new Uri(settings.ApiBase, $"/message-streams/{Uri.EscapeDataString(settings.MessageStream)}/suppressions/delete"), new JsonObject
        {
            ["Suppressions"] = new JsonArray(new JsonObject { ["EmailAddress"] = address }),
        })),
    ];

    private HttpRequestMessage Signed(HttpRequestMessage request)
    {
        request.Headers.Add("X-Postmark-Server-Token", settings.ServerToken);
        request.Headers.Accept.Add(new("application/json"));
        return request;
    }
}

using System.Text;

namespace Latchkey.Platform.Mail.Providers.Mailgun;

internal sealed class MailgunProvider(MailgunSettings settings) : IMailProvider
{
    private static readonly string[] Lists = ["bounces", "complaints", "unsubscribes"];

    public MailProviderName Name => MailProviderName.Mailgun;

    public IMailHook? Hook { get; } = settings.SigningKey is { } key ? new MailgunHook(key) : null;

    public HttpRequestMessage Write(OutgoingMail mail, DateTimeOffset now) => Signed(new HttpRequestMessage(HttpMethod.Post, new Uri(settings.ApiBase, $"/v3/{settings.Domain}/messages"))
    {
        Content = new FormUrlEncodedContent(
        [
            new("from", ProviderSetting.Mailbox(mail.From)),
            new("to", mail.To.Address),
            new("subject", mail.Subject),
            new("text", mail.Text),
            new("html", mail.Html),
            new("o:tracking", "no"),
            new("o:tracking-clicks", "no"),
            new("o:tracking-opens", "no"),
            // The addressee can read it in a header: it names nobody.
            new($"v:{MessageKey.Name}", MessageKey.Of(mail).ToString()),
        ]),
    });

    public Handover Read(ProviderAnswer answer, OutgoingMail mail)
    {
        if (answer.IsYes) return answer.Taken(answer.Json["id"].Text?.Trim('<', '>'));
        if (answer.Trouble is { } trouble) return trouble;
        string words = answer.Json["message"].Text ?? "";
        return answer.Status switch
        {
            401 => answer.Later(MailReason.MailgunKey),
            403 => answer.Later(MailReason.AccountPaused),
            402 => answer.Later(MailReason.QuotaUsedUp),
            404 => answer.Later(MailReason.MailgunDomain),
            400 when words.StartsWith("to ", StringComparison.OrdinalIgnoreCase) => answer.Refused(MailReason.AddressRefused),
            400 when words.StartsWith("from ", StringComparison.OrdinalIgnoreCase) => answer.Later(MailReason.SenderNotVerified),
            413 => answer.Refused(MailReason.TooLarge),
            _ => answer.Refused(MailReason.ProviderRefused),
        };
    }

    public IReadOnlyList<HttpRequestMessage> Lift(string address) =>
        [.. Lists.Select(list => Signed(new HttpRequestMessage(HttpMethod.Delete, new Uri(settings.ApiBase, $"/v3/{settings.Domain}/{list}/{Uri.EscapeDataString(address)}"))))];

    private HttpRequestMessage Signed(HttpRequestMessage request)
    {
        request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"api:{settings.ApiKey}")));
        return request;
    }
}

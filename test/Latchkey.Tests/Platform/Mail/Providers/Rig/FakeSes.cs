using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Latchkey.Platform.Mail.Providers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Latchkey.Tests.Platform.Mail.Providers.Rig;

internal sealed class FakeSes : FakeProvider, IDisposable
{
    public const string Topic = "arn:aws:sns:us-east-1:123456789012:mail", CertificateUrl = "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-0123.pem";
    const string Region = "us-east-1", KeyId = "AKIDEXAMPLE", Secret = "ses-secret-access-key";
    static readonly string[] Fields =
    [
        "FromEmailAddress", "Destination.ToAddresses[]", "ReplyToAddresses[]", "Content.Simple.Subject.Data", "Content.Simple.Subject.Charset", "Content.Simple.Body.Html.Data",
        "Content.Simple.Body.Html.Charset", "Content.Simple.Body.Text.Data", "Content.Simple.Body.Text.Charset", "ConfigurationSetName", "EmailTags[].Name", "EmailTags[].Value",
    ];
    readonly RSA key = RSA.Create(2048);

    public FakeSes(TimeProvider clock)
        : base(clock)
    {
        var request = new CertificateRequest("CN=sns.amazonaws.com", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        CertificatePem = certificate.ExportCertificatePem();
    }

    public string CertificatePem { get; }

    public override MailProviderName Name => MailProviderName.Ses;

    public override Dictionary<string, string> Account => new()
    {
        ["Region"] = Region, ["AccessKeyId"] = KeyId, ["SecretAccessKey"] = Secret, ["ConfigurationSet"] = "portal", ["TopicArns"] = $"arn:aws:sns:us-east-1:123456789012:other, {Topic}",
    };

    public override void Map(WebApplication app) => app.MapPost("/v2/email/outbound-emails", (Delegate)SendAsync);

    public override HookPost Report(ReportedMail mail, Told told)
    {
        string at = Time(Now);
        object mailed = new
        {
            timestamp = at, messageId = mail.Id, source = "portal@riverbend.example", destination = new[] { mail.To },
            tags = mail.Key is null ? [] : new Dictionary<string, string[]> { ["message_key"] = [mail.Key], ["ses:configuration-set"] = ["portal"] },
        };
        object Bounced(string type, string kind, string status, string said) => new
        {
            bounceType = type, bounceSubType = kind, bouncedRecipients = new[] { new { emailAddress = mail.To, action = "failed", status, diagnosticCode = said } }, timestamp = at, feedbackId = Guid.NewGuid(), reportingMTA = "dns; a8-70.smtp-out.amazonses.com",
        };
        object body = told switch
        {
            Told.Sent => new { eventType = "Send", mail = mailed, send = new { } },
            Told.Delivered => new { eventType = "Delivery", mail = mailed, delivery = new { timestamp = at, processingTimeMillis = 546, recipients = new[] { mail.To }, smtpResponse = "250 2.0.0 OK", reportingMTA = "a8" } },
            Told.Deferred => new { eventType = "DeliveryDelay", mail = mailed, deliveryDelay = new { timestamp = at, delayType = "TransientCommunicationFailure", expirationTime = at, delayedRecipients = new[] { new { emailAddress = mail.To, status = "4.4.1", diagnosticCode = "smtp; 451 4.7.1 try later" } } } },
            Told.Bounced => new { notificationType = "Bounce", mail = mailed, bounce = Bounced("Permanent", "General", "5.1.1", "smtp; 550 5.1.1 user unknown") },
            Told.Complained => new { eventType = "Complaint", mail = mailed, complaint = new { complainedRecipients = new[] { new { emailAddress = mail.To } }, timestamp = at, feedbackId = "x", complaintFeedbackType = "abuse" } },
            Told.Suppressed => new { eventType = "Bounce", mail = mailed, bounce = Bounced("Permanent", "OnAccountSuppressionList", "5.1.1", "Amazon SES did not send the message") },
            _ => new { eventType = "Open", mail = mailed, open = new { timestamp = at } },
        };
        return Notification(JsonSerializer.Serialize(body));
    }

    public HookPost Notification(string message, string topic = Topic, DateTimeOffset? at = null, string version = "2", string url = CertificateUrl, RSA? by = null) => Signed(new()
    {
        ["Type"] = "Notification", ["MessageId"] = Guid.NewGuid().ToString(), ["TopicArn"] = topic, ["Message"] = message, ["Timestamp"] = Time(at ?? Now),
    }, ["Message", "MessageId", "Timestamp", "TopicArn", "Type"], version, url, by ?? key);

    public HookPost Subscription(string subscribeUrl, string topic = Topic) => Signed(new()
    {
        ["Type"] = "SubscriptionConfirmation", ["MessageId"] = Guid.NewGuid().ToString(), ["Token"] = "2336412f37", ["TopicArn"] = topic, ["Message"] = "You have chosen to subscribe",
        ["SubscribeURL"] = subscribeUrl, ["Timestamp"] = Time(Now),
    }, ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"], "1", CertificateUrl, key);

    public void Dispose() => key.Dispose();

    protected override IResult Problem(int status, string words) => Error(status, status == 429 ? "TooManyRequestsException" : "InternalServiceErrorException", words);

    static HookPost Signed(Dictionary<string, string> body, string[] fields, string version, string url, RSA by)
    {
        byte[] text = Encoding.UTF8.GetBytes(string.Concat(fields.Select(f => $"{f}\n{body[f]}\n")));
#pragma warning disable CA5350 // the provider's choice
        body["Signature"] = Convert.ToBase64String(by.SignData(text, version == "1" ? HashAlgorithmName.SHA1 : HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
#pragma warning restore CA5350
        (body["SignatureVersion"], body["SigningCertURL"]) = (version, url);
        return new HookPost(JsonSerializer.SerializeToUtf8Bytes(body), "text/plain; charset=UTF-8",
            ("x-amz-sns-message-type", body["Type"]), ("x-amz-sns-message-id", body["MessageId"]), ("x-amz-sns-topic-arn", body["TopicArn"]));
    }

    static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    static SesError Error(int status, string type, string words) => new(status, type, words);

    async Task<IResult> SendAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        if (context.Request.Headers.Authorization != Authorization(context.Request, body.ToArray())) return Error(403, "InvalidSignatureException", "The request signature we calculated does not match");
        var json = JsonDocument.Parse(body.ToArray()).RootElement;
        string to = json.GetProperty("Destination").GetProperty("ToAddresses")[0].GetString()!;
        var simple = json.GetProperty("Content").GetProperty("Simple");
        var tag = json.GetProperty("EmailTags")[0];
        return await TakeAsync(context, to,
            () => Unknown(json, Fields) is { } unknown ? Error(400, "BadRequestException", $"Unknown field {unknown}")
                : to.StartsWith("bad", StringComparison.Ordinal) ? Error(400, "BadRequestException", "Local address contains control or whitespace")
                : json.GetProperty("ConfigurationSetName").GetString() != "portal" ? Error(404, "NotFoundException", "Configuration set does not exist") : null,
            () => new ProviderMail($"0100{Guid.NewGuid():n}-000000", json.GetProperty("FromEmailAddress").GetString()!, to, simple.GetProperty("Subject").GetProperty("Data").GetString()!,
                simple.GetProperty("Body").GetProperty("Text").GetProperty("Data").GetString()!, simple.GetProperty("Body").GetProperty("Html").GetProperty("Data").GetString()!, tag.GetProperty("Value").GetString()!),
            mail => Results.Json(new { MessageId = mail.Id }, new JsonSerializerOptions()));
    }

    /// <summary>Signature Version 4, written down a second time so that ours is not its own judge.</summary>
    static string Authorization(HttpRequest request, byte[] body)
    {
        string time = request.Headers["X-Amz-Date"].ToString(), scope = $"{time[..8]}/{Region}/ses/aws4_request";
        string canonical = string.Join('\n', "POST", "/v2/email/outbound-emails", "", $"host:{request.Host}", $"x-amz-date:{time}", "", "host;x-amz-date", Convert.ToHexStringLower(SHA256.HashData(body)));
        string toSign = string.Join('\n', "AWS4-HMAC-SHA256", time, scope, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical))));
        byte[] signing = Encoding.UTF8.GetBytes("AWS4" + Secret);
        foreach (var part in new[] { time[..8], Region, "ses", "aws4_request", toSign }) signing = HMACSHA256.HashData(signing, Encoding.UTF8.GetBytes(part));
        return $"AWS4-HMAC-SHA256 Credential={KeyId}/{scope}, SignedHeaders=host;x-amz-date, Signature={Convert.ToHexStringLower(signing)}";
    }

    sealed class SesError(int status, string type, string words) : IResult
    {
        public Task ExecuteAsync(HttpContext context)
        {
            context.Response.StatusCode = status;
            context.Response.Headers["x-amzn-ErrorType"] = type;
            return context.Response.WriteAsJsonAsync(new { message = words });
        }
    }
}

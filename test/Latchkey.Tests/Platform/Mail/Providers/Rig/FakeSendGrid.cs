using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Latchkey.Platform.Mail.Providers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Latchkey.Tests.Platform.Mail.Providers.Rig;

internal sealed class FakeSendGrid(TimeProvider clock) : FakeProvider(clock), IDisposable
{
    const string ApiKey = "SG.sendgrid-secret";
    static readonly string[] Fields =
    [
        "personalizations[].to[].email", "personalizations[].to[].name", "personalizations[].custom_args.message_key", "from.email", "from.name", "reply_to.email", "subject", "content[].type",
        "content[].value", "categories[]", "tracking_settings.click_tracking.enable", "tracking_settings.open_tracking.enable", "mail_settings.sandbox_mode.enable",
    ];
    readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public override MailProviderName Name => MailProviderName.SendGrid;

    public override Dictionary<string, string> Account => new() { ["ApiKey"] = ApiKey, ["WebhookKey"] = Convert.ToBase64String(key.ExportSubjectPublicKeyInfo()) };

    public override void Map(WebApplication app)
    {
        app.MapPost("/v3/mail/send", (Delegate)SendAsync);
        app.MapDelete("/v3/suppression/{list}/{address}", (HttpContext context, string list, string address) =>
        {
            if (context.Request.Headers.Authorization != $"Bearer {ApiKey}") return Error(401, "authorization required", null);
            Lifted.Enqueue($"{list} {address}");
            return list == "bounces" ? Results.NoContent() : Error(404, "not found", null);
        });
    }

    public override HookPost Report(ReportedMail mail, Told told) => Events(Event(mail, told));

    public Dictionary<string, object> Event(ReportedMail mail, Told told)
    {
        Dictionary<string, object> body = new()
        {
            ["email"] = mail.To, ["timestamp"] = Now.ToUnixTimeSeconds(), ["smtp-id"] = "<14c5d75ce93.dfd.64b469@ismtpd-555>", ["sg_event_id"] = Guid.NewGuid().ToString("n"), ["sg_message_id"] = $"{mail.Id}.filter0001.16648.5515E0B88.0",
        };
        if (mail.Key is not null) body["message_key"] = mail.Key;
        foreach (var (name, value) in told switch
        {
            Told.Sent => [("event", "processed")],
            Told.Delivered => [("event", "delivered"), ("response", "250 OK")],
            Told.Deferred => [("event", "deferred"), ("response", "451 4.7.1 try again"), ("attempt", "5")],
            Told.Bounced => [("event", "bounce"), ("type", "bounce"), ("status", "5.1.1"), ("reason", "550 5.1.1 user unknown")],
            Told.Complained => [("event", "spamreport")],
            Told.Suppressed => [("event", "dropped"), ("reason", "Bounced Address"), ("status", "5.0.0")],
            _ => new (string, object)[] { ("event", "open") },
        }) body[name] = value;
        return body;
    }

    public HookPost Events(params Dictionary<string, object>[] events) => Sign(JsonSerializer.SerializeToUtf8Bytes(events), Now, key);

    public static HookPost Sign(byte[] body, DateTimeOffset at, ECDsa by)
    {
        string time = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signature = by.SignData([.. Encoding.UTF8.GetBytes(time), .. body], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return new HookPost(body, "application/json", ("X-Twilio-Email-Event-Webhook-Signature", Convert.ToBase64String(signature)), ("X-Twilio-Email-Event-Webhook-Timestamp", time));
    }

    public HookPost Old(HookPost post) => Sign(post.Body, Now.AddMinutes(-11), key);

    public void Dispose() => key.Dispose();

    protected override IResult Problem(int status, string words) => Error(status, words, null);

    static IResult Error(int status, string words, string? field) => Results.Json(new { errors = new[] { new { message = words, field, help = (string?)null } } }, statusCode: status);

    async Task<IResult> SendAsync(HttpContext context)
    {
        if (context.Request.Headers.Authorization != $"Bearer {ApiKey}") return Error(401, "The provided authorization grant is invalid, expired, or revoked", null);
        var json = await JsonAsync(context);
        var (person, content, tracking) = (json.GetProperty("personalizations")[0], json.GetProperty("content"), json.GetProperty("tracking_settings"));
        string to = person.GetProperty("to")[0].GetProperty("email").GetString()!;
        return await TakeAsync(context, to,
            () => Unknown(json, Fields) is { } unknown ? Error(400, "Bad Request", unknown)
                : to.StartsWith("bad", StringComparison.Ordinal) ? Error(400, "Does not contain a valid address.", "personalizations.0.to.0.email")
                : content[0].GetProperty("type").GetString() != "text/plain" ? Error(400, "text/plain must be first", "content")
                : tracking.GetProperty("click_tracking").GetProperty("enable").GetBoolean() || tracking.GetProperty("open_tracking").GetProperty("enable").GetBoolean() ? Error(400, "Tracking must be off", "tracking_settings") : null,
            () => new ProviderMail(Guid.NewGuid().ToString("n")[..22], $"{json.GetProperty("from").GetProperty("name").GetString()} <{json.GetProperty("from").GetProperty("email").GetString()}>", to, json.GetProperty("subject").GetString()!,
                content[0].GetProperty("value").GetString()!, content[1].GetProperty("value").GetString()!, person.GetProperty("custom_args").GetProperty("message_key").GetString()!),
            mail =>
            {
                context.Response.Headers["X-Message-Id"] = mail.Id;
                return Results.StatusCode(202);
            });
    }
}

using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Latchkey.Platform.Mail.Providers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Latchkey.Tests.Platform.Mail.Providers.Rig;

internal sealed class FakeResend(TimeProvider clock) : FakeProvider(clock)
{
    const string ApiKey = "re_resend-secret";
    static readonly byte[] Key = Encoding.ASCII.GetBytes("resend-hook-secret-key-of-32-byte");
    static readonly string[] Fields = ["from", "to[]", "subject", "html", "text", "reply_to", "tags[].name", "tags[].value", "scheduled_at"];
    readonly ConcurrentDictionary<string, (string Body, ProviderMail Mail)> keys = new(StringComparer.Ordinal);

    public override MailProviderName Name => MailProviderName.Resend;

    public override Dictionary<string, string> Account => new() { ["ApiKey"] = ApiKey, ["WebhookSecret"] = "whsec_" + Convert.ToBase64String(Key) };

    public override void Map(WebApplication app) => app.MapPost("/emails", (Delegate)SendAsync);

    public override HookPost Report(ReportedMail mail, Told told)
    {
        (string type, string part, object more) = told switch
        {
            Told.Sent => ("email.sent", "", new { }),
            Told.Delivered => ("email.delivered", "", new { }),
            Told.Deferred => ("email.delivery_delayed", "", new { }),
            Told.Bounced => ("email.bounced", "bounce", (object)new { type = "Permanent", subType = "General", message = "Bounced", diagnosticCode = new[] { "smtp; 550 5.1.1 user unknown" } }),
            Told.Complained => ("email.complained", "", new { }),
            Told.Suppressed => ("email.suppressed", "suppressed", new { type = "OnAccountSuppressionList", reason = "previous_bounce", message = "Resend did not send" }),
            _ => ("email.opened", "", new { }),
        };
        Dictionary<string, object> data = new()
        {
            ["email_id"] = mail.Id, ["created_at"] = Now, ["from"] = "portal@riverbend.example", ["to"] = new[] { mail.To }, ["subject"] = "x", ["tags"] = mail.Key is null ? [] : new Dictionary<string, string> { ["message_key"] = mail.Key },
        };
        if (part.Length > 0) data[part] = more;
        return Sign(JsonSerializer.SerializeToUtf8Bytes(new { type, created_at = Now, data }), Now, Key);
    }

    public static HookPost Sign(byte[] body, DateTimeOffset at, byte[]? key = null)
    {
        string id = $"msg_{Guid.NewGuid():n}", time = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        string signature = Convert.ToBase64String(HMACSHA256.HashData(key ?? Key, (byte[])[.. Encoding.UTF8.GetBytes($"{id}.{time}."), .. body]));
        return new HookPost(body, "application/json", ("svix-id", id), ("svix-timestamp", time), ("svix-signature", $"v1,b2xkIHNlY3JldA== v1,{signature}"));
    }

    protected override IResult Problem(int status, string words) => Error(status, status == 429 ? "rate_limit_exceeded" : "application_error", words);

    static IResult Error(int status, string name, string message) => Results.Json(new { statusCode = status, name, message }, statusCode: status);

    async Task<IResult> SendAsync(HttpContext context)
    {
        if (context.Request.Headers.Authorization != $"Bearer {ApiKey}") return Error(403, "invalid_api_key", "API key is invalid");
        var json = await JsonAsync(context);
        string Of(string name) => json.GetProperty(name).GetString()!;
        string to = json.GetProperty("to")[0].GetString()!, key = context.Request.Headers["Idempotency-Key"].ToString();
        if (keys.TryGetValue(key, out var known))
        {
            Asked.Enqueue(to);
            return known.Body == json.GetRawText() ? Results.Json(new { id = known.Mail.Id }) : Error(409, "invalid_idempotent_request", "This idempotency key has been used with another payload");
        }
        return await TakeAsync(context, to,
            () => Unknown(json, Fields) is { } unknown ? Error(422, "validation_error", $"Unknown field: {unknown}")
                : to.StartsWith("bad", StringComparison.Ordinal) ? Error(422, "validation_error", "Invalid `to` field. The email address needs to follow the `email@example.com` format.") : null,
            () => new ProviderMail(Guid.NewGuid().ToString(), Of("from"), to, Of("subject"), Of("text"), Of("html"), json.GetProperty("tags")[0].GetProperty("value").GetString()!, key),
            mail =>
            {
                keys[key] = (json.GetRawText(), mail);
                return Results.Json(new { id = mail.Id });
            });
    }
}

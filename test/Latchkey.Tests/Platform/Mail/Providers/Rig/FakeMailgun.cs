using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Latchkey.Platform.Mail.Providers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Latchkey.Tests.Platform.Mail.Providers.Rig;

internal sealed class FakeMailgun(TimeProvider clock) : FakeProvider(clock)
{
    const string ApiKey = "key-mailgun-secret", Domain = "mg.riverbend.example", SigningKey = "mailgun-signing-secret";
    static readonly string[] Fields = ["from", "to", "subject", "text", "html", "h:Reply-To", "o:tag", "o:tracking", "o:tracking-clicks", "o:tracking-opens", "o:testmode", "v:message_key"];

    public override MailProviderName Name => MailProviderName.Mailgun;

    public override Dictionary<string, string> Account => new() { ["ApiKey"] = ApiKey, ["Domain"] = Domain, ["WebhookKey"] = SigningKey };

    public override void Map(WebApplication app)
    {
        app.MapPost("/v3/{domain}/messages", SendAsync);
        app.MapDelete($"/v3/{Domain}/{{list}}/{{address}}", (HttpContext context, string list, string address) =>
        {
            if (!IsLetIn(context)) return Results.Text("Forbidden", statusCode: 401);
            Lifted.Enqueue($"{list} {address}");
            return list == "bounces" ? Results.Json(new { message = "Bounced address has been removed" }) : Results.Json(new { message = "Address not found" }, statusCode: 404);
        });
    }

    public override HookPost Report(ReportedMail mail, Told told)
    {
        Dictionary<string, object> Data(string name, params (string, object)[] more)
        {
            Dictionary<string, object> data = new()
            {
                ["id"] = Guid.NewGuid().ToString("n")[..22], ["event"] = name, ["timestamp"] = Now.ToUnixTimeMilliseconds() / 1000.0, ["recipient"] = mail.To, ["log-level"] = "info", ["tags"] = Array.Empty<string>(),
                ["user-variables"] = mail.Key is null ? [] : new Dictionary<string, string> { ["message_key"] = mail.Key }, ["flags"] = new Dictionary<string, bool> { ["is-test-mode"] = false },
                ["message"] = new { headers = new Dictionary<string, string> { ["message-id"] = mail.Id, ["to"] = mail.To, ["from"] = "x", ["subject"] = "y" }, size = 512 },
            };
            foreach (var (key, value) in more) data[key] = value;
            return data;
        }
        object Status(int code, string words) => new Dictionary<string, object> { ["code"] = code, ["message"] = words, ["description"] = "", ["attempt-no"] = 1 };
        return Sign(told switch
        {
            Told.Sent => Data("accepted"),
            Told.Delivered => Data("delivered", ("delivery-status", Status(250, "OK"))),
            Told.Deferred => Data("failed", ("severity", "temporary"), ("reason", "greylisted"), ("delivery-status", Status(451, "4.7.1 try again"))),
            Told.Bounced => Data("failed", ("severity", "permanent"), ("reason", "bounce"), ("delivery-status", Status(550, "5.1.1 user unknown"))),
            Told.Complained => Data("complained"),
            Told.Suppressed => Data("failed", ("severity", "permanent"), ("reason", "suppress-bounce"), ("delivery-status", Status(605, "Not delivering to previously bounced address"))),
            _ => Data("opened"),
        }, Now);
    }

    public static HookPost Sign(object data, DateTimeOffset at, string key = SigningKey)
    {
        string time = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), token = Guid.NewGuid().ToString("n") + "897feb2a41e1e6a2b0";
        string signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(time + token)));
        return new HookPost(JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object> { ["signature"] = new { timestamp = time, token, signature }, ["event-data"] = data }), "application/json");
    }

    protected override IResult Problem(int status, string words) => Results.Json(new { message = words }, statusCode: status);

    async Task<IResult> SendAsync(HttpContext context, string domain)
    {
        if (!IsLetIn(context)) return Results.Text("Forbidden", statusCode: 401);
        if (domain != Domain) return Results.Json(new { message = "Domain not found" }, statusCode: 404);
        var form = await context.Request.ReadFormAsync();
        string to = form["to"].ToString();
        return await TakeAsync(context, to,
            () => form.Keys.FirstOrDefault(k => !Fields.Contains(k)) is { } unknown ? Results.Json(new { message = $"{unknown} is not known" }, statusCode: 400)
                : to.StartsWith("bad", StringComparison.Ordinal) ? Results.Json(new { message = "to parameter is not a valid address. please check documentation" }, statusCode: 400)
                : form["o:tracking"] != "no" || form["o:tracking-clicks"] != "no" ? Results.Json(new { message = "Tracking must be off" }, statusCode: 400) : null,
            () => new ProviderMail($"2026{Guid.NewGuid():n}@{Domain}", form["from"].ToString(), to, form["subject"].ToString(), form["text"].ToString(), form["html"].ToString(), form["v:message_key"].ToString()),
            mail => Results.Json(new { id = $"<{mail.Id}>", message = "Queued. Thank you." }));
    }

    static bool IsLetIn(HttpContext context) => context.Request.Headers.Authorization == FakePostmark.Basic("api", ApiKey);
}

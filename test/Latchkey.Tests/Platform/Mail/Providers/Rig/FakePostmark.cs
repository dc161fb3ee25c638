using System.Globalization;
using System.Text;
using System.Text.Json;
using Latchkey.Platform.Mail.Providers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Latchkey.Tests.Platform.Mail.Providers.Rig;

internal sealed class FakePostmark(TimeProvider clock) : FakeProvider(clock)
{
    const string Token = "11111111-postmark-secret", User = "latchkey", Password = "postmark-hook-secret";
    static readonly string[] Fields =
    [
        "From", "To", "Subject", "HtmlBody", "TextBody", "ReplyTo", "MessageStream", "Tag", "Metadata.message_key", "Headers[].Name", "Headers[].Value", "TrackOpens", "TrackLinks",
    ];
    int numbers;

    public override MailProviderName Name => MailProviderName.Postmark;

    public override Dictionary<string, string> Account => new() { ["ServerToken"] = Token, ["WebhookUser"] = User, ["WebhookPassword"] = Password };

    public override void Map(WebApplication app)
    {
        app.MapPost("/email", (Delegate)SendAsync);
        app.MapPost("/message-streams/{stream}/suppressions/delete", async (HttpContext context, string stream) =>
        {
            if (context.Request.Headers["X-Postmark-Server-Token"] != Token) return Error(401, 10, "No Account or Server API tokens were supplied");
            var json = await JsonAsync(context);
            if (Unknown(json, "Suppressions[].EmailAddress") is not null) return Error(422, 402, "Invalid JSON");
            Lifted.Enqueue($"{stream} {json.GetProperty("Suppressions")[0].GetProperty("EmailAddress").GetString()}");
            return Results.Text("{\"Suppressions\":[{\"EmailAddress\":\"x\",\"Status\":\"Deleted\",\"Message\":null}]}", "application/json");
        });
    }

    public override HookPost Report(ReportedMail mail, Told told)
    {
        string at = Now.ToOffset(TimeSpan.FromHours(-4)).ToString("yyyy-MM-ddTHH:mm:ss.fffffffzzz", CultureInfo.InvariantCulture);
        Dictionary<string, string> metadata = mail.Key is null ? [] : new() { ["message_key"] = mail.Key };
        int id = Interlocked.Increment(ref numbers);
        object Bounce(string type, int code, string details) => new
        {
            RecordType = type == "SpamComplaint" ? type : "Bounce", ID = 901542550L + id, Type = type, TypeCode = code, Name = type, ServerID = 23, MessageStream = "outbound", MessageID = mail.Id,
            Tag = "", Metadata = metadata, Description = "…", Details = details, Email = mail.To, From = "portal@riverbend.example", BouncedAt = at, DumpAvailable = true, Inactive = true,
            CanActivate = true, Subject = "…", Content = "…",
        };
        object body = told switch
        {
            Told.Delivered => new { RecordType = "Delivery", ServerID = 23, MessageStream = "outbound", MessageID = mail.Id, Recipient = mail.To, Tag = "", Metadata = metadata, DeliveredAt = at, Details = "smtp;250 2.0.0 OK" },
            Told.Deferred => Bounce("Transient", 2, "smtp;451 4.7.1 Greylisted"),
            Told.Bounced => Bounce("HardBounce", 1, $"smtp;550 5.1.1 <{mail.To}>: user unknown"),
            Told.Complained => Bounce("SpamComplaint", 512, ""),
            Told.Suppressed => new { RecordType = "SubscriptionChange", MessageID = mail.Id, ServerID = 23, MessageStream = "outbound", ChangedAt = at, Recipient = mail.To, Origin = "Recipient", SuppressSending = true, SuppressionReason = "HardBounce", Tag = "", Metadata = metadata },
            _ => new { RecordType = "Open", MessageID = mail.Id, FirstOpen = true, Recipient = mail.To, ReceivedAt = at, Metadata = metadata },
        };
        return new HookPost(JsonSerializer.SerializeToUtf8Bytes(body), "application/json", ("Authorization", Basic(User, Password)));
    }

    public static string Basic(string user, string password) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));

    protected override IResult Problem(int status, string words) => Error(status, status == 429 ? 429 : 100, words);

    static IResult Error(int status, int code, string words) => Results.Json(new Dictionary<string, object> { ["ErrorCode"] = code, ["Message"] = words }, statusCode: status);

    async Task<IResult> SendAsync(HttpContext context)
    {
        if (context.Request.Headers["X-Postmark-Server-Token"] != Token) return Error(401, 10, "No Account or Server API tokens were supplied");
        if (context.Request.Headers.Accept != "application/json") return Error(422, 409, "JSON required");
        var json = await JsonAsync(context);
        string Of(string name) => json.GetProperty(name).GetString()!;
        string to = Of("To");
        return await TakeAsync(context, to,
            () => Unknown(json, Fields) is { } unknown ? Error(422, 402, $"Unknown field {unknown}")
                : to.StartsWith("inactive", StringComparison.Ordinal) ? Error(422, 406, $"You tried to send to recipient(s) that have been marked as inactive. Found inactive addresses: {to}.")
                : to.StartsWith("bad", StringComparison.Ordinal) ? Error(422, 300, "Invalid 'To' address")
                : json.GetProperty("TrackOpens").GetBoolean() || Of("TrackLinks") != "None" ? Error(422, 300, "Tracking must be off") : null,
            () => new ProviderMail(Guid.NewGuid().ToString(), Of("From"), to, Of("Subject"), Of("TextBody"), Of("HtmlBody"), json.GetProperty("Metadata").GetProperty("message_key").GetString()!),
            mail => Results.Json(new Dictionary<string, object> { ["To"] = to, ["SubmittedAt"] = Now, ["MessageID"] = mail.Id, ["ErrorCode"] = 0, ["Message"] = "OK" }));
    }
}

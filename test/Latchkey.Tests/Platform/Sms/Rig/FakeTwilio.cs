using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Latchkey.Tests.Platform.Sms.Rig;

/// <summary>Twilio's Messages resource on a real port, strict: what Twilio would not take is a 400, and so is a field it does not know.</summary>
internal sealed class FakeTwilio(TimeProvider clock) : IAsyncDisposable
{
    public const string AccountSid = "AC00000000000000000000000000000000";
    public const string AuthToken = "twilio_test_auth_token";
    public const string From = "+15005550006";
    const string Messages = "/2010-04-01/Accounts/{account}/Messages.json";

    static readonly HashSet<string> Fields =
    [
        "To", "From", "MessagingServiceSid", "Body", "StatusCallback", "ValidityPeriod", "SmartEncoded", "ShortenUrls", "RiskCheck",
        "ContentRetention", "AddressRetention", "ScheduleType", "SendAt",
    ];

    readonly ConcurrentDictionary<string, ConcurrentQueue<TwilioAct>> acts = new(StringComparer.Ordinal);
    WebApplication? app;

    public Uri Url { get; private set; } = null!;

    /// <summary>What was taken, oldest first.</summary>
    public ConcurrentQueue<SentText> Texts { get; } = new();

    /// <summary>Each request to send, taken or not: the number it was for.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>Each look into the list: the number it was about.</summary>
    public ConcurrentQueue<string> LookUps { get; } = new();

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.MapPost(Messages, SendAsync);
        app.MapGet(Messages, List);
        await app.StartAsync();
        Url = new Uri(app.Urls.Single());
    }

    /// <summary>The next requests to send to this number, one act each; then it behaves.</summary>
    public void On(string to, params TwilioAct[] next) => acts[to] = new(next);

    public async ValueTask DisposeAsync()
    {
        if (app is null) return;
        await app.StopAsync(new CancellationToken(canceled: true));
        await app.DisposeAsync();
    }

    async Task<IResult> SendAsync(HttpContext context, string account)
    {
        if (!IsLetIn(context, account)) return TwilioJson.Problem(401, 20003, "Authenticate");
        var form = await context.Request.ReadFormAsync();
        string to = form["To"].ToString();
        Asked.Enqueue(to);
        var act = acts.TryGetValue(to, out var queue) && queue.TryDequeue(out var next) ? next : TwilioAct.Behave;
        if (act.Answer is { } answer) return answer;
        if (TwilioRules.Refuse(form, Fields) is { } refused) return refused;
        var text = new SentText(form, clock.GetUtcNow());
        if (act.Takes) Texts.Enqueue(text);
        if (act.Breaks) context.Abort();
        if (act.Hangs) await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        return TwilioJson.Created(text);
    }

    IResult List(HttpContext context, string account)
    {
        if (!IsLetIn(context, account)) return TwilioJson.Problem(401, 20003, "Authenticate");
        string to = context.Request.Query["To"].ToString();
        LookUps.Enqueue(to);
        int most = int.Parse(context.Request.Query["PageSize"].ToString(), CultureInfo.InvariantCulture);
        return TwilioJson.Page(Texts.Where(t => t.To == to).Reverse().Take(most));
    }

    static bool IsLetIn(HttpContext context, string account) => account == AccountSid
        && context.Request.Headers.Authorization == $"Basic {Convert.ToBase64String(Encoding.ASCII.GetBytes($"{AccountSid}:{AuthToken}"))}";
}

/// <summary>How to meet a request to send.</summary>
internal sealed record TwilioAct(bool Takes = true, bool Breaks = false, bool Hangs = false, IResult? Answer = null)
{
    public static readonly TwilioAct Behave = new();
    public static readonly TwilioAct BreakAfterTaking = new(Breaks: true);
    public static readonly TwilioAct BreakBeforeTaking = new(Takes: false, Breaks: true);
    public static readonly TwilioAct HangAfterTaking = new(Hangs: true);

    public static TwilioAct Say(int status, int code) => new(Answer: TwilioJson.Problem(status, code, "As the test wants it"));

    /// <summary>Something before Twilio answers, with no JSON.</summary>
    public static TwilioAct SayPlain(int status) => new(Answer: Results.Text("<h1>Oh no</h1>", "text/html", statusCode: status));
}

/// <summary>A message that Twilio has taken.</summary>
internal sealed class SentText(IFormCollection form, DateTimeOffset createdAt)
{
    public string Sid { get; } = $"SM{Guid.NewGuid():n}";
    public string To { get; } = form["To"].ToString();
    public string? From { get; } = form["From"];
    public string? Service { get; } = form["MessagingServiceSid"];
    public string Body { get; } = form["Body"].ToString().TrimEnd();
    public string? StatusCallback { get; } = form["StatusCallback"];
    public int ValidityPeriod { get; } = int.Parse(form["ValidityPeriod"].ToString(), CultureInfo.InvariantCulture);
    public DateTimeOffset CreatedAt { get; } = createdAt;
}

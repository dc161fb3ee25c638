using System.Collections.Concurrent;
using System.Text.Json;
using Latchkey.Platform.Mail.Providers;
using Latchkey.Tests.Rig;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Latchkey.Tests.Platform.Mail.Providers.Rig;

/// <summary>One provider's sending and reporting, in its exact shapes: what it would not take is its own error, and so is a field it does not know.</summary>
internal abstract class FakeProvider(TimeProvider clock)
{
    readonly ConcurrentDictionary<string, ConcurrentQueue<MailAct>> acts = new(StringComparer.Ordinal);

    public abstract MailProviderName Name { get; }

    /// <summary>An account there, as an organization enters it.</summary>
    public abstract Dictionary<string, string> Account { get; }

    /// <summary>What was taken, oldest first.</summary>
    public ConcurrentQueue<ProviderMail> Mails { get; } = new();

    /// <summary>Each request to send, taken or not: the address it was for.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>Each request to take an address off a list: its path and body.</summary>
    public ConcurrentQueue<string> Lifted { get; } = new();

    protected DateTimeOffset Now => clock.GetUtcNow();

    public abstract void Map(WebApplication app);

    /// <summary>What it posts when a mail gets on, signed.</summary>
    public abstract HookPost Report(ReportedMail mail, Told told);

    /// <summary>The answer for a busy, broken or differently minded provider.</summary>
    protected abstract IResult Problem(int status, string words);

    /// <summary>The next requests to send to this address, one act each; then it behaves.</summary>
    public void On(string to, params MailAct[] next) => acts[to] = new(next);

    protected async Task<IResult> TakeAsync(HttpContext context, string to, Func<IResult?> refuse, Func<ProviderMail> mail, Func<ProviderMail, IResult> yes)
    {
        Asked.Enqueue(to);
        var act = acts.TryGetValue(to, out var queue) && queue.TryDequeue(out var next) ? next : MailAct.Behave;
        if (act.Status is { } status) return act.Json is null ? Problem(status, act.Words) : Results.Text(act.Json, "application/json", statusCode: status);
        if (refuse() is { } refused) return refused;
        var taken = mail();
        if (act.Takes) Mails.Enqueue(taken);
        var answer = act.Takes ? yes(taken) : Results.Ok();
        if (act.Breaks) context.Abort();
        if (act.Hangs) await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        return answer;
    }

    protected static async Task<JsonElement> JsonAsync(HttpContext context) => (await JsonDocument.ParseAsync(context.Request.Body)).RootElement;

    /// <summary>The first leaf that is not among those known, such as <c>tags[].name</c>; null when there is none.</summary>
    protected static string? Unknown(JsonElement json, params string[] known) => Leaves(json, "").FirstOrDefault(l => !known.Contains(l));

    static IEnumerable<string> Leaves(JsonElement json, string path) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(p => Leaves(p.Value, path.Length == 0 ? p.Name : $"{path}.{p.Name}")),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(e => Leaves(e, $"{path}[]")),
        _ => [path],
    };
}

/// <summary>How to meet a request to send.</summary>
internal sealed record MailAct(bool Takes = true, bool Breaks = false, bool Hangs = false, int? Status = null, string Words = "As the test wants it", string? Json = null)
{
    public static readonly MailAct Behave = new();
    public static readonly MailAct BreakAfterTaking = new(Breaks: true);
    public static readonly MailAct BreakBeforeTaking = new(Takes: false, Breaks: true);
    public static readonly MailAct HangAfterTaking = new(Hangs: true);

    public static MailAct Say(int status, string? json = null) => new(Status: status, Json: json);
}

/// <summary>A mail that a provider has taken.</summary>
internal sealed record ProviderMail(string Id, string From, string To, string Subject, string Text, string Html, string Key, string? IdempotencyKey = null);

/// <summary>The mail that a report is about.</summary>
internal sealed record ReportedMail(string Id, string To, string? Key);

internal enum Told
{
    Sent,
    Delivered,
    Deferred,
    Bounced,
    Complained,
    Suppressed,
    Opened,
}

/// <summary>What is posted to us.</summary>
internal sealed record HookPost(byte[] Body, string ContentType, params (string Name, string Value)[] Headers)
{
    public HookPost With(string header, string? value) => this with
    {
        Headers = [.. Headers.Where(h => !h.Name.Equals(header, StringComparison.OrdinalIgnoreCase)), .. value is null ? [] : new[] { (header, value) }],
    };
}

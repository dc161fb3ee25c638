using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Latchkey.Platform.Data;
using Latchkey.Platform.Payments;
using Latchkey.Platform.Payments.Test;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Latchkey.Tests.Features.Payments;

/// <summary>
/// Stripe on a real port: the strict rules of the built-in test checkout, behind HTTP, with faults as the test wants them. Its events wait
/// here until the test posts them.
/// </summary>
internal sealed class FakeStripe : IAsyncDisposable
{
    WebApplication? app;
    TimeProvider clock = TimeProvider.System;
    Uri portal = null!;

    public Uri Url { get; private set; } = null!;
    /// <summary>What happened, oldest first; not posted yet.</summary>
    public ConcurrentQueue<JsonObject> Events { get; } = new();
    /// <summary>Method, path and idempotency key of each request.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();
    /// <summary>How requests are met, by method and path; null leaves it to what is next.</summary>
    public Func<string, StripeAct?>? Meets { get; set; }
    /// <summary>What meets the next requests, one each.</summary>
    public ConcurrentQueue<StripeAct> Next { get; } = new();
    /// <summary>Changes an answer before it leaves.</summary>
    public Action<JsonObject>? Twist { get; set; }

    public TestStripe Stripe { get; private set; } = null!;
    public TestDesk Desk { get; private set; } = null!;

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Run(AnswerAsync);
        await app.StartAsync();
        Url = new Uri(app.Urls.Single());
    }

    /// <param name="memory">Where it keeps what it knows.</param>
    /// <param name="time">Its clock.</param>
    /// <param name="hooks">The server that is told what happened.</param>
    public void Serve(Database memory, TimeProvider time, Uri hooks)
    {
        (clock, portal) = (time, hooks);
        Stripe = new TestStripe(memory, time, (_, happened) => { Events.Enqueue(happened); return Task.CompletedTask; });
        Desk = new TestDesk(Stripe, memory, time);
    }

    /// <summary>What happened since the last look.</summary>
    public List<JsonObject> Take()
    {
        var taken = new List<JsonObject>();
        while (Events.TryDequeue(out var happened)) taken.Add(happened);
        return taken;
    }

    public async ValueTask DisposeAsync()
    {
        if (app is null) return;
        await app.StopAsync(new CancellationToken(canceled: true));
        await app.DisposeAsync();
    }

    async Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        string key = request.Headers["Idempotency-Key"].ToString();
        Requests.Enqueue($"{request.Method} {request.Path} {key}");
        request.Headers["Stripe-Version"].ToString().ShouldBe(StripeApi.Version);
        string text = HttpMethods.IsPost(request.Method) ? await new StreamReader(request.Body).ReadToEndAsync() : request.QueryString.Value ?? "";
        var act = Meets?.Invoke($"{request.Method} {request.Path}") is { } met ? met : Next.TryDequeue(out var next) ? next : StripeAct.Behave;
        if (act.Status is { } refused)
        {
            context.Response.StatusCode = refused;
            await context.Response.WriteAsync("{\"error\":{\"type\":\"api_error\",\"message\":\"As the test wants it\"}}");
            return;
        }
        var answer = await Stripe.AnswerAsync(request.Headers.Authorization.ToString()["Bearer ".Length..], request.Method, request.Path, TestStripeHandler.Fields(text), key.Length == 0 ? null : key);
        if (act.Breaks)
        {
            context.Abort();
            return;
        }
        if (act.Hangs) await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        Twist?.Invoke(answer.Json);
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(answer.Json.ToJsonString());
    }

    /// <summary>Posts an event to the organization's endpoint, signed; to the installation's when it is none's.</summary>
    public async Task<int> PostAsync(Guid organization, JsonObject happened, string? secret = null, TimeSpan ago = default, Func<string, string>? signature = null, Uri? node = null)
    {
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(happened);
        string signed = StripeSignature.Write(secret ?? Secret(organization), clock.GetUtcNow() - ago, body);
        using var http = new HttpClient { BaseAddress = node ?? portal };
        using var request = new HttpRequestMessage(HttpMethod.Post, organization == Guid.Empty ? "/hooks/stripe" : $"/hooks/stripe/{organization}") { Content = new ByteArrayContent(body) };
        if ((signature?.Invoke(signed) ?? signed) is { Length: > 0 } header) request.Headers.TryAddWithoutValidation(StripeSignature.Header, header);
        using var response = await http.SendAsync(request);
        return (int)response.StatusCode;
    }

    public static string Secret(Guid organization) => $"whsec_test_{organization:n}";
}

/// <summary>How to meet a request.</summary>
internal sealed record StripeAct(int? Status = null, bool Breaks = false, bool Hangs = false)
{
    public static readonly StripeAct Behave = new();
    /// <summary>It is done, and its answer never comes.</summary>
    public static readonly StripeAct BreakAfterDoing = new(Breaks: true);
    public static readonly StripeAct HangAfterDoing = new(Hangs: true);

    public static StripeAct Say(int status) => new(status);
}

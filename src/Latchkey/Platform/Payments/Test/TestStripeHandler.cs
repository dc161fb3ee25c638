using System.Net;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace Latchkey.Platform.Payments.Test;

/// <summary>Where requests to the built-in test checkout end: in this process.</summary>
public sealed class TestStripeHandler(TestStripe stripe) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string text = request.Content is null ? request.RequestUri!.Query : await request.Content.ReadAsStringAsync(cancellationToken);
        var answer = await stripe.AnswerAsync(request.Headers.Authorization?.Parameter, request.Method.Method, request.RequestUri!.AbsolutePath, Fields(text),
            request.Headers.TryGetValues("Idempotency-Key", out var keys) ? keys.First() : null);
        return new HttpResponseMessage((HttpStatusCode)answer.Status) { RequestMessage = request, Content = new StringContent(answer.Json.ToJsonString(), Encoding.UTF8, "application/json") };
    }

    public static IReadOnlyList<KeyValuePair<string, string>> Fields(string text)
    {
        var reader = new FormReader(text.TrimStart('?'));
        var fields = new List<KeyValuePair<string, string>>();
        while (reader.ReadNextPair() is { } pair) fields.Add(pair);
        return fields;
    }
}

using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Latchkey.Platform.Mail.Providers;

namespace Latchkey.Platform.Payments;

/// <summary>
/// Asks Stripe. What may be asked again, is, with the same idempotency key, so that it is done once. Retries as Stripe's own clients do
/// (docs.stripe.com/error-low-level), and for 429 too.
/// </summary>
public sealed partial class StripeApi(IHttpClientFactory clients, ILogger<StripeApi> log)
{
    public const string Client = "stripe", TestClient = "stripe test";
    /// <summary>The version whose objects are read here. The webhook endpoint is made with the same.</summary>
    public const string Version = "2026-07-29.dahlia";
    private const int MostTries = 3;
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(500), LongestWait = TimeSpan.FromSeconds(5);

    /// <param name="account">Whose account.</param>
    /// <param name="path">Such as /v1/customers.</param>
    /// <param name="form">The fields.</param>
    /// <param name="operation">The stored operation it is: a second request for it does nothing.</param>
    /// <param name="cancel">Stops the waiting. What Stripe has by then, it may do.</param>
    public Task<StripeAnswer> PostAsync(PaymentAccount account, string path, StripeForm form, string operation, CancellationToken cancel) => AskAsync(account, () =>
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(account.ApiBase, path)) { Content = new FormUrlEncodedContent(form.Fields) };
        request.Headers.Add("Idempotency-Key", operation);
        return request;
    }, cancel);

    public Task<StripeAnswer> GetAsync(PaymentAccount account, string path, CancellationToken cancel) =>
        AskAsync(account, () => new HttpRequestMessage(HttpMethod.Get, new Uri(account.ApiBase, path)), cancel);

    private async Task<StripeAnswer> AskAsync(PaymentAccount account, Func<HttpRequestMessage> write, CancellationToken cancel)
    {
        for (int attempt = 1; ; attempt++)
        {
            var (answer, again) = await AskOnceAsync(account, write, cancel);
            if (again is not { } wait || attempt == MostTries) return answer;
            var doubled = TimeSpan.FromMilliseconds(Math.Max(wait.TotalMilliseconds, FirstWait.TotalMilliseconds * Math.Pow(2, attempt - 1)) * (0.75 + RandomNumberGenerator.GetInt32(500) / 1000d));
            await Task.Delay(doubled < LongestWait ? doubled : LongestWait, cancel);
        }
    }

    private async Task<(StripeAnswer Answer, TimeSpan? Again)> AskOnceAsync(PaymentAccount account, Func<HttpRequestMessage> write, CancellationToken cancel)
    {
        try
        {
            using var client = clients.CreateClient(account.IsTest ? TestClient : Client);
            using var request = write();
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", account.Key);
            request.Headers.Add("Stripe-Version", Version);
            using var response = await client.SendAsync(request, cancel);
            int status = (int)response.StatusCode;
            var answer = StripeAnswer.Read(status, ProviderJson.Read(await response.Content.ReadAsByteArrayAsync(cancel)));
            if (answer.Error is not { } error) return answer.Json.IsObject ? (answer, null) : (StripeAnswer.Silent, TimeSpan.Zero);
            Refused(request.RequestUri!.AbsolutePath, status, error.Code, Header(response, "Request-Id"));
            return (answer, MayTryAgain(response, status) ? response.Headers.RetryAfter?.Delta ?? TimeSpan.Zero : null);
        }
        catch (HttpRequestException)
        {
            return (StripeAnswer.Silent, TimeSpan.Zero);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return (StripeAnswer.Silent, TimeSpan.Zero);
        }
    }

    private static bool MayTryAgain(HttpResponseMessage response, int status) =>
        bool.TryParse(Header(response, "Stripe-Should-Retry"), out bool should) ? should : status is 409 or 429 or >= 500;

    private static string? Header(HttpResponseMessage response, string name) => response.Headers.TryGetValues(name, out var values) ? string.Create(CultureInfo.InvariantCulture, $"{values.First()}") : null;

    [LoggerMessage(Level = LogLevel.Warning, Message = "Stripe refused {Path} with status {Status} and {Problem} in request {RequestId}.")]
    private partial void Refused(string path, int status, string? problem, string? requestId);
}

using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Latchkey.Platform.Sms;

/// <summary>The two requests to Twilio's Messages resource that are needed.</summary>
internal sealed class TwilioMessages(IHttpClientFactory clients, TwilioSettings settings)
{
    public const string Client = "twilio";

    public Task<TwilioAnswer<TwilioMessage>> CreateAsync(IEnumerable<KeyValuePair<string, string>> fields) =>
        AskAsync<TwilioMessage>(HttpMethod.Post, "", new FormUrlEncodedContent(fields));

    /// <summary>The newest messages to a number.</summary>
    public Task<TwilioAnswer<TwilioPage>> NewestAsync(string to) =>
        AskAsync<TwilioPage>(HttpMethod.Get, $"?To={Uri.EscapeDataString(to)}&PageSize=50", null);

    /// <exception cref="HttpRequestException">No whole answer came.</exception>
    /// <exception cref="TaskCanceledException">None came in time.</exception>
    private async Task<TwilioAnswer<T>> AskAsync<T>(HttpMethod method, string query, HttpContent? content) where T : class
    {
        using var client = clients.CreateClient(Client);
        using var request = new HttpRequestMessage(method, new Uri(settings.ApiBase, $"/2010-04-01/Accounts/{settings.AccountSid}/Messages.json{query}"));
        request.Content = content;
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{settings.AccountSid}:{settings.AuthToken}")));
        using var response = await client.SendAsync(request);
        byte[] body = await response.Content.ReadAsByteArrayAsync();
        int status = (int)response.StatusCode;
        return response.IsSuccessStatusCode
            ? new TwilioAnswer<T>(status, Read<T>(body), null)
            : new TwilioAnswer<T>(status, null, Read<Problem>(body)?.Code);
    }

    /// <summary>Null for what is no JSON of that form, such as a proxy's page.</summary>
    private static T? Read<T>(byte[] body) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Problem([property: JsonPropertyName("code")] int? Code);
}

/// <summary>An answer: what was asked for, or else an error code if Twilio gave one.</summary>
internal sealed record TwilioAnswer<T>(int Status, T? Found, int? Error)
{
    public bool IsYes => Status is >= 200 and < 300;
}

internal sealed record TwilioPage([property: JsonPropertyName("messages")] IReadOnlyList<TwilioMessage>? Messages);

/// <summary>A message as Twilio shows it.</summary>
internal sealed record TwilioMessage
{
    [JsonPropertyName("sid")] public string? Sid { get; init; }

    /// <summary>Whether it can be a sid: letters and digits, and not too many.</summary>
    public static bool IsSid(string? text) => text is { Length: > 0 and <= 64 } && text.All(char.IsAsciiLetterOrDigit);

    [JsonPropertyName("body")] public string? Body { get; init; }
    /// <summary>Such as <c>Thu, 24 Aug 2023 05:01:45 +0000</c>.</summary>
    [JsonPropertyName("date_created")] public string? DateCreated { get; init; }

    public DateTimeOffset? CreatedAt => DateTimeOffset.TryParse(DateCreated, CultureInfo.InvariantCulture, out var at) ? at : null;
}

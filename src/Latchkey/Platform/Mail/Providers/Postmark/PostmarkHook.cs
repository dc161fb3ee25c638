using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Latchkey.Platform.Mail.Providers.Postmark;

/// <summary>Postmark signs nothing: the name and password in the address it was given are the proof.</summary>
internal sealed class PostmarkHook(string user, string password) : IMailHook
{
    private readonly byte[] expected = SHA256.HashData(Encoding.UTF8.GetBytes($"{user}:{password}"));

    public Task<HookVerdict> CheckAsync(HookCall call, DateTimeOffset now, CancellationToken cancel) =>
        Task.FromResult(Given(call) is { } given && CryptographicOperations.FixedTimeEquals(SHA256.HashData(given), expected) ? HookVerdict.Genuine : HookVerdict.NotSignedIn);

    public IReadOnlyList<HookEvent> Events(HookCall call)
    {
        var json = ProviderJson.Parse(call.Body);
        if (json["RecordType"].Text is not { } type || json["MessageID"].Text is not { } message) throw new JsonException("Not a report of Postmark.");
        // A bounce has a number of its own; the rest is told apart by its time.
        var which = json["ID"].Text ?? json["DeliveredAt"].Text ?? json["ChangedAt"].Text ?? json["BouncedAt"].Text ?? json["ReceivedAt"].Text;
        return [new HookEvent($"{type}:{message}:{which}", json.Element.GetRawText())];
    }

    private static byte[]? Given(HookCall call)
    {
        if (!AuthenticationHeaderValue.TryParse(call.Header("Authorization"), out var header) || header is not { Scheme: "Basic", Parameter: { } text }) return null;
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out int length) ? bytes[..length] : null;
    }
}

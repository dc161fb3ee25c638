using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Latchkey.Platform.Mail.Inbox;
using Latchkey.SignIn;

namespace Latchkey.Features.MailDelivery;

/// <summary>What mail providers reported to an organization, for people to look at.</summary>
internal sealed partial class FindWebhooks(WebhookInbox inbox)
{
    public const int PageSize = 50;
    private const int MostCharacters = 200;
    private static readonly JsonSerializerOptions Shown = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Newest first; one more than a page when there is another.</summary>
    public Task<IReadOnlyList<ReceivedEvent>> PageAsync(Guid organization, string? provider, WebhookState? state, Guid? before, CancellationToken cancel) =>
        inbox.PageAsync(organization, provider ?? "", state?.ToString().ToLowerInvariant() ?? "", before ?? Guid.AllBitsSet, PageSize + 1, cancel);

    /// <returns>The event and what it says, addresses and keys masked; no words when it is done, for then they are gone. Null: there is no such event.</returns>
    public async Task<(ReceivedEvent Event, string? Payload)?> RunAsync(Guid organization, Guid id, CancellationToken cancel)
    {
        if (await inbox.FindAsync(organization, id, cancel) is not { } found) return null;
        return (found, inbox.WordsOf(found) is { } json ? Masked(json) : null);
    }

    private static string Masked(string json)
    {
        try
        {
            var node = JsonNode.Parse(json);
            return Mask(null, node)?.ToJsonString(Shown) ?? "";
        }
        catch (JsonException)
        {
            return "•••";
        }
    }

    private static JsonNode? Mask(string? name, JsonNode? node) => node switch
    {
        JsonObject all => new JsonObject(all.Select(p => KeyValuePair.Create(p.Key, Mask(p.Key, p.Value)))),
        JsonArray list => new JsonArray([.. list.Select(item => Mask(name, item))]),
        JsonValue value when value.TryGetValue(out string? text) => IsSecret(name) ? "•••" : Masked(text, MostCharacters),
        _ => node?.DeepClone(),
    };

    private static string Masked(string text, int most)
    {
        string masked = Address().Replace(text, found => EmailAddress.TryRead(found.Value, out var address) ? address.Masked : "•••");
        return masked.Length > most ? $"{masked[..most]}…" : masked;
    }

    /// <summary>What signs, what mail says, and where its reader sits.</summary>
    private static bool IsSecret(string? name) => name is not null && Secret().IsMatch(name);

    [GeneratedRegex(@"[^\s<>"":;,()\[\]]+@[^\s<>"":;,()\[\]]+", RegexOptions.None, 1000)]
    private static partial Regex Address();

    [GeneratedRegex("token|signature|secret|password|authori|subject|content|^body|^ip$|ipaddress|ip_address|geo|useragent|user-agent|url", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Secret();
}

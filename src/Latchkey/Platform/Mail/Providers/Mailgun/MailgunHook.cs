using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Latchkey.Platform.Mail.Providers.Mailgun;

/// <summary>
/// Mailgun signs a time and a token, not what it reports: so a token is good for one event only, and the inbox refuses the same token
/// with another.
/// </summary>
internal sealed class MailgunHook(string signingKey) : IMailHook
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(15);
    private readonly byte[] key = Encoding.UTF8.GetBytes(signingKey);

    public bool ProvesContent => false;

    /// <summary>Mailgun tries again for hours after anything else.</summary>
    public int Refusal => StatusCodes.Status406NotAcceptable;

    public Task<HookVerdict> CheckAsync(HookCall call, DateTimeOffset now, CancellationToken cancel)
    {
        var signature = ProviderJson.Read(call.Body)["signature"];
        if (signature["timestamp"].Text is not { } timestamp || signature["token"].Text is not { Length: >= 16 } token) return Task.FromResult(HookVerdict.Forged);
        byte[] expected = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(timestamp + token))));
        bool genuine = Is(signature["signature"].Text) | Is(signature["parent-signature"].Text);
        return Task.FromResult(
            !genuine ? HookVerdict.Forged
            : long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds) && HookTime.IsNear(seconds, now, Tolerance) ? HookVerdict.Genuine
            : HookVerdict.Old);

        bool Is(string? given) => given is not null && HookTime.Matches(expected, Encoding.UTF8.GetBytes(given));
    }

    public IReadOnlyList<HookEvent> Events(HookCall call)
    {
        var json = ProviderJson.Parse(call.Body);
        if (!json["event-data"].IsObject) throw new JsonException("Not a report of Mailgun.");
        return [new HookEvent(json["signature"]["token"].Text!, json["event-data"].Element.GetRawText())];
    }
}

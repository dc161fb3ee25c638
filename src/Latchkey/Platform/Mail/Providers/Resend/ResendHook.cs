using System.Globalization;
using System.Text.Json;

namespace Latchkey.Platform.Mail.Providers.Resend;

/// <summary>Resend signs as Svix does: id, time and body.</summary>
internal sealed class ResendHook(byte[] key) : IMailHook
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    public Task<HookVerdict> CheckAsync(HookCall call, DateTimeOffset now, CancellationToken cancel)
    {
        string? id = Header(call, "id"), timestamp = Header(call, "timestamp"), signatures = Header(call, "signature");
        return Task.FromResult(
            id is null || timestamp is null || signatures is null || !StandardSignature.IsValid(key, id, timestamp, call.Body, signatures) ? HookVerdict.Forged
            : long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds) && HookTime.IsNear(seconds, now, Tolerance) ? HookVerdict.Genuine
            : HookVerdict.Old);
    }

    public IReadOnlyList<HookEvent> Events(HookCall call)
    {
        var json = ProviderJson.Parse(call.Body);
        if (!json.IsObject) throw new JsonException("Not a report of Resend.");
        return [new HookEvent(Header(call, "id")!, json.Element.GetRawText())];
    }

    private static string? Header(HookCall call, string name) => call.Header($"svix-{name}") ?? call.Header($"webhook-{name}");
}

using Microsoft.Playwright;

namespace Latchkey.Tests.Rig;

/// <summary>Chromium's virtual authenticator.</summary>
internal sealed class PasskeyDevice(ICDPSession devtools, string id)
{
    public async Task<int> CountAsync() =>
        (await devtools.SendAsync("WebAuthn.getCredentials", Arguments()))!.Value.GetProperty("credentials").GetArrayLength();

    /// <summary>Whether whoever holds the device is its owner.</summary>
    public Task RecognisesAsync(bool owner) => devtools.SendAsync("WebAuthn.setUserVerified", Arguments(("isUserVerified", owner)));

    Dictionary<string, object> Arguments(params (string Name, object Value)[] more) =>
        new(more.Select(m => KeyValuePair.Create(m.Name, m.Value)).Append(KeyValuePair.Create("authenticatorId", (object)id)), StringComparer.Ordinal);
}

namespace Latchkey.Platform.Mail.Providers;

/// <summary>Proves that a report comes from the provider, and takes it apart.</summary>
internal interface IMailHook
{
    Task<HookVerdict> CheckAsync(HookCall call, DateTimeOffset now, CancellationToken cancel);

    /// <summary>The events in what was proved genuine.</summary>
    /// <exception cref="System.Text.Json.JsonException">It is not in the provider's form.</exception>
    IReadOnlyList<HookEvent> Events(HookCall call);

    /// <summary>Whether the proof covers what is reported, and not only that somebody reports.</summary>
    bool ProvesContent => true;

    /// <summary>The answer that makes the provider stop sending what we will never take.</summary>
    int Refusal => StatusCodes.Status403Forbidden;
}

internal enum HookVerdict
{
    Genuine,
    /// <summary>The name and password of the address are missing or wrong.</summary>
    NotSignedIn,
    Forged,
    /// <summary>Once genuine, or from a clock that is wrong.</summary>
    Old,
}

/// <summary>A report as it came: what is signed is its bytes.</summary>
internal sealed record HookCall(IHeaderDictionary Headers, byte[] Body)
{
    /// <summary>The one value of a header; null when there is none, or several.</summary>
    public string? Header(string name) => Headers[name] is [{ Length: > 0 } value] ? value : null;
}

/// <summary>One event: the provider's own name for it, by which it is taken once, and its JSON.</summary>
/// <param name="Id">The name.</param>
/// <param name="Json">What it says.</param>
/// <param name="Kind">What kind it is, to be shown when the rest is gone; null for mail.</param>
internal sealed record HookEvent(string Id, string Json, string? Kind = null);

using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Features.Passwords;

/// <summary>
/// Registering, "forgot password", "send the confirmation again": stores what was asked and answers. Whether the address is known is found
/// out later, by <see cref="SendPasswordMails"/>.
/// </summary>
public sealed class AskAboutPassword(Database database, PasswordAsks asks, PasswordHashing hashing, SendPasswordMailsSignal signal)
{
    /// <returns>When to ask again; null when it is stored.</returns>
    public async Task<DateTimeOffset?> RunAsync(Storefront storefront, PasswordAsk ask, CancellationToken cancel)
    {
        var until = await database.WriteAsync(async t =>
        {
            if (await asks.ChargeAsync(t, storefront.Key, storefront.Policy, ask) is { } limited) return limited;
            await asks.StoreAsync(t, storefront.Key, ask);
            return (DateTimeOffset?)null;
        }, cancel);
        if (until is null) signal.Set();
        return until;
    }

    /// <summary>The password is hashed for a taken address too, and only after the limits let it.</summary>
    /// <returns>When to ask again; null when it is stored.</returns>
    public async Task<DateTimeOffset?> RegisterAsync(Storefront storefront, PasswordAsk ask, string password, string? fullName, CancellationToken cancel)
    {
        if (await database.WriteAsync(t => asks.ChargeAsync(t, storefront.Key, storefront.Policy, ask), cancel) is { } until) return until;
        string hash = await hashing.HashAsync(password, cancel);
        await database.WriteAsync(t => asks.StoreAsync(t, storefront.Key, ask, hash, fullName), cancel);
        signal.Set();
        return null;
    }
}

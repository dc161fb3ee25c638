using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;

namespace Latchkey.Features.Passkeys;

/// <summary>"Sign in faster next time": once after signing in, and after "Not now" not again in this browser for some weeks.</summary>
public sealed class PasskeyOffer(PasskeysOfAccount passkeys, Cookies cookies)
{
    private static readonly TimeSpan Pause = TimeSpan.FromDays(30);
    private const string Dismissed = "no-passkey";

    public async Task<bool> IsDueAsync(HttpContext context, CancellationToken cancel) =>
        !cookies.Remembers(context, Dismissed) && await passkeys.LacksOneAsync(context.Storefront(), context.Customer()!.AccountId, cancel);

    public static void Dismiss(HttpContext context, Cookies cookies) => cookies.Remember(context, Dismissed, Pause);
}

using Latchkey.Platform.Activity;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Features.SignIn;

/// <summary>The browser did not keep the cookie of its new session: ends the session, which nobody can use, and writes it down once.</summary>
public sealed class LoseCookie(Database database, Sessions sessions, ActivityLog activity)
{
    /// <returns>False when there is no such session, or its cookie came back.</returns>
    public async Task<bool> RunAsync(Storefront storefront, Guid sessionId, CancellationToken cancel)
    {
        if (!await database.ReadAsync(c => sessions.IsCookieMissingAsync(c, storefront.Key, sessionId, cancel), cancel)) return false;
        await database.WriteAsync(async t =>
        {
            if (await sessions.EndLostAsync(t, storefront.Key, sessionId) is not { } account) return;
            await activity.AppendAsync(t, new Happened(storefront.OrganizationId, ActivityType.SIGN_IN, Sessions.CookieLost)
            {
                StorefrontId = storefront.Id,
                AccountId = account,
                SubjectId = sessionId,
            });
        }, cancel);
        return true;
    }
}

using Latchkey.Platform.Activity;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Features.SignIn;

/// <summary>Signs a browser in by its link, at most once.</summary>
public sealed class RedeemLink(Database database, SignInLinks links, Sessions sessions, ActivityLog activity, LinkOpenings openings)
{
    /// <param name="before">Who was signed in here before, if anybody: that session ends.</param>
    public async Task<RedeemAnswer> RunAsync(Storefront storefront, LinkToken token, Visitor visitor, LiveSession? before, CancellationToken cancel)
    {
        var answer = await database.WriteAsync(async t =>
        {
            var redeemed = await links.RedeemAsync(t, storefront.Key, storefront.Policy, token, visitor);
            if (redeemed.Session is { } session && session.Id != before?.Id)
            {
                if (before is not null) await sessions.EndAsync(t, storefront.Key, before.Id, "replaced");
                await activity.AppendAsync(t, SignedIn.By("link", storefront, session));
            }
            return redeemed;
        }, cancel);
        if (answer.Session is not null) openings.Redeemed(token);
        return answer;
    }
}

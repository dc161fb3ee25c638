using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Features.SignIn;

/// <summary>Signs a browser in by its link, at most once.</summary>
public sealed class RedeemLink(Database database, SignInLinks links, SignedIn signedIn, LinkOpenings openings)
{
    /// <param name="number">What was typed as the number of the waiting page, if anything: counted first, in a transaction of its own.</param>
    /// <param name="before">Who was signed in here before, if anybody: that session ends.</param>
    public async Task<RedeemAnswer> RunAsync(Storefront storefront, LinkToken token, Visitor visitor, string? number, LiveSession? before, CancellationToken cancel)
    {
        var counted = number is null ? null : await database.WriteAsync(t => links.CountNumberAsync(t, storefront.Key, token, number), cancel);
        var answer = await database.WriteAsync(async t =>
        {
            var redeemed = await links.RedeemAsync(t, storefront.Key, storefront.Policy, token, visitor, counted);
            if (redeemed.Session is { } session) await signedIn.NoteAsync(t, storefront, session, before);
            return redeemed;
        }, cancel);
        if (answer.Session is not null) openings.Redeemed(token);
        return answer;
    }
}

using System.Data.Common;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Features.SignIn;

/// <summary>
/// Notes that links were looked at, by people and by scanners: evidence for the diagnosis. A look that leads to signing in is noted by that.
/// </summary>
public sealed class LinkOpenings(Database database, SignInLinks links, TimeProvider clock, ILogger<LinkOpenings> log)
    : NotedAside<(string Token, Opener By), LinkOpening>(database, log)
{
    /// <param name="storefront">Where.</param>
    /// <param name="token">The link.</param>
    /// <param name="by">What looked.</param>
    /// <param name="status">What the page said.</param>
    public void Note(Storefront storefront, LinkToken token, Opener by, LinkStatus status) =>
        Note(new LinkOpening(storefront.Key, token, by, 1, status == LinkStatus.Ready || by == Opener.Program ? null : new(status, clock.GetUtcNow())));

    /// <summary>The button was pressed, and the page said no. The look was noted before.</summary>
    public void Refused(Storefront storefront, LinkToken token, LinkStatus status) =>
        Note(new LinkOpening(storefront.Key, token, Opener.OtherBrowser, 0, new(status, clock.GetUtcNow())));

    private void Note(LinkOpening opening) => Note((opening.Token.Value, opening.By), opening,
        (known, one) => known with { Times = known.Times + one.Times, TurnedAway = one.TurnedAway ?? known.TurnedAway });

    public void Redeemed(LinkToken token)
    {
        Forget((token.Value, Opener.Asker));
        Forget((token.Value, Opener.OtherBrowser));
    }

    protected override Task WriteAsync(DbTransaction transaction, IReadOnlyList<LinkOpening> noted) => links.OpenedAsync(transaction, noted);
}

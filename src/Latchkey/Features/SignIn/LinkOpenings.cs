using System.Data.Common;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Features.SignIn;

/// <summary>
/// Notes that links were looked at, by people and by scanners: evidence for the diagnosis. A look that leads to signing in is noted by that.
/// </summary>
public sealed class LinkOpenings(Database database, SignInLinks links, ILogger<LinkOpenings> log)
    : NotedAside<(string Token, Opener By), LinkOpening>(database, log)
{
    public void Note(Storefront storefront, LinkToken token, Opener by) =>
        Note((token.Value, by), new LinkOpening(storefront.Key, token, by, 1), (known, one) => known with { Times = known.Times + one.Times });

    public void Redeemed(LinkToken token)
    {
        Forget((token.Value, Opener.Asker));
        Forget((token.Value, Opener.OtherBrowser));
    }

    protected override Task WriteAsync(DbTransaction transaction, IReadOnlyList<LinkOpening> noted) => links.OpenedAsync(transaction, noted);
}

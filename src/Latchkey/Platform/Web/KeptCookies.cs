using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Platform.Web;

/// <summary>Notes that the cookies of new sessions came back.</summary>
public sealed class KeptCookies(Database database, Sessions sessions, ILogger<KeptCookies> log) : NotedAside<Guid, (StorefrontKey Where, Guid SessionId)>(database, log)
{
    public void Note(Storefront storefront, Guid sessionId) => Note(sessionId, (storefront.Key, sessionId), (known, _) => known);

    protected override Task WriteAsync(System.Data.Common.DbTransaction transaction, IReadOnlyList<(StorefrontKey Where, Guid SessionId)> noted) =>
        sessions.KeptAsync(transaction, noted);
}

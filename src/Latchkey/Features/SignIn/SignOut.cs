using Latchkey.Platform.Activity;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Features.SignIn;

/// <summary>Ends the session on the server; the cookie alone would leave it alive for whoever kept a copy.</summary>
public sealed class SignOut(Database database, Sessions sessions, ActivityLog activity)
{
    public Task RunAsync(Storefront storefront, LiveSession session, CancellationToken cancel) => database.WriteAsync(async t =>
    {
        await sessions.EndAsync(t, storefront.Key, session.Id, "signed out");
        await activity.AppendAsync(t, new Happened(storefront.OrganizationId, ActivityType.SIGN_IN, "signed out")
        {
            StorefrontId = storefront.Id,
            AccountId = session.AccountId,
            SubjectId = session.Id,
        });
    }, cancel);
}

using System.Data.Common;
using Latchkey.Features.Contacts;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Features.SignIn;

/// <summary>What follows from every way in, in the transaction of its session.</summary>
public sealed class SignedIn(Sessions sessions, ActivityLog activity, LinkContacts linkContacts)
{
    /// <param name="transaction">The transaction of the session.</param>
    /// <param name="storefront">Where it began.</param>
    /// <param name="session">What began.</param>
    /// <param name="before">Who was signed in in this browser before, if anybody: that session ends.</param>
    public async Task NoteAsync(DbTransaction transaction, Storefront storefront, StartedSession session, LiveSession? before)
    {
        if (session.Id == before?.Id) return; // a second press of the same button: nothing has begun
        if (before is not null) await sessions.EndAsync(transaction, storefront.Key, before.Id, "replaced");
        if (session.IsFirstProof) await linkContacts.ByAddressAsync(transaction, storefront, session.AccountId);
        await activity.AppendAsync(transaction, new Happened(storefront.OrganizationId, ActivityType.SIGN_IN, $"signed in by {session.Means}")
        {
            StorefrontId = storefront.Id,
            AccountId = session.AccountId,
            SubjectId = session.Id,
        });
    }
}

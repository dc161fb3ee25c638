using System.Data.Common;
using Latchkey.Features.Contacts;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Features.SignIn;

/// <summary>What follows from every way in, in the transaction of its session.</summary>
public sealed class SignedIn(ActivityLog activity, LinkContacts linkContacts)
{
    public async Task NoteAsync(DbTransaction transaction, Storefront storefront, StartedSession session)
    {
        if (session.IsFirstProof) await linkContacts.ByAddressAsync(transaction, storefront, session.AccountId);
        await activity.AppendAsync(transaction, new Happened(storefront.OrganizationId, ActivityType.SIGN_IN, $"signed in by {session.Means}")
        {
            StorefrontId = storefront.Id,
            AccountId = session.AccountId,
            SubjectId = session.Id,
        });
    }
}

using Latchkey.Platform.Activity;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Features.Account;

/// <summary>Takes a change of address back, from the old mailbox and without signing in. Everybody is signed out.</summary>
public sealed class UndoEmail(Database database, EmailChanges changes, LinkedContacts contacts, ActivityLog activity)
{
    /// <returns>Whether it was undone.</returns>
    public Task<bool> RunAsync(Storefront storefront, LinkToken token, CancellationToken cancel) => database.WriteAsync(async t =>
    {
        if (await changes.UndoAsync(t, storefront.Key, token) is not { } change) return false;
        await contacts.ChangeAsync(t, storefront, change.AccountId, "email change undone",
            c => c.Email == change.Before.Value ? c with { Email = change.After.Value } : c);
        await activity.AppendAsync(t, new Happened(storefront.OrganizationId, ActivityType.SIGN_IN, "email change undone")
        {
            StorefrontId = storefront.Id,
            AccountId = change.AccountId,
        });
        return true;
    }, cancel);
}

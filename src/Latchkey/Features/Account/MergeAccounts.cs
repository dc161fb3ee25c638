using Dapper;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Features.Account;

/// <summary>Makes one account of two: the contacts move, and both are signed out.</summary>
public sealed class MergeAccounts(Database database, Accounts accounts, ActivityLog activity)
{
    /// <returns>False when they cannot be merged: see <see cref="Accounts.MergeAsync"/>.</returns>
    public Task<bool> RunAsync(Storefront storefront, Guid from, Guid into, CancellationToken cancel) => database.WriteAsync(async t =>
    {
        if (!await accounts.MergeAsync(t, storefront.Key, from, into)) return false;
        await t.Connection!.ExecuteAsync(ProfileSql.MoveContacts, new { storefront.OrganizationId, accountId = from, into }, t);
        await activity.AppendAsync(t, new Happened(storefront.OrganizationId, ActivityType.SUPPORT, "account merged")
        {
            StorefrontId = storefront.Id,
            AccountId = into,
            SubjectId = from,
        });
        return true;
    }, cancel);
}

using Latchkey.Platform.Activity;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Features.Account;

/// <summary>Staff close an account, or open it again. Closed, it lets nobody in: sessions, links and codes of before are dead for good.</summary>
public sealed class DisableAccount(Database database, Accounts accounts, ActivityLog activity)
{
    /// <returns>False when it is closed already.</returns>
    public Task<bool> RunAsync(Storefront storefront, Guid accountId, Guid? contactId, string staff, CancellationToken cancel) => database.WriteAsync(async t =>
    {
        if (!await accounts.DisableAsync(t, storefront.Key, accountId)) return false;
        await activity.AppendAsync(t, Happened(storefront, accountId, contactId, staff, "account disabled"));
        return true;
    }, cancel);

    /// <returns>False when it is not closed.</returns>
    public Task<bool> UndoAsync(Storefront storefront, Guid accountId, Guid? contactId, string staff, CancellationToken cancel) => database.WriteAsync(async t =>
    {
        if (!await Accounts.EnableAsync(t, storefront.Key, accountId)) return false;
        await activity.AppendAsync(t, Happened(storefront, accountId, contactId, staff, "account enabled"));
        return true;
    }, cancel);

    private static Happened Happened(Storefront storefront, Guid accountId, Guid? contactId, string staff, string what) => new(storefront.OrganizationId, ActivityType.STAFF, what)
    {
        StorefrontId = storefront.Id,
        AccountId = accountId,
        ContactId = contactId,
        Actor = staff,
    };
}

using Latchkey.Platform.Activity;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Features.Account;

/// <summary>Ends sessions of the customer's own: one, all but this, or all. With several, links and codes on their way end too.</summary>
public sealed class SignOutDevices(Database database, Sessions sessions, ActivityLog activity)
{
    private const string Reason = "signed out from another device";

    /// <returns>False when there is no such session of this account.</returns>
    public Task<bool> OneAsync(Storefront storefront, LiveSession by, Guid sessionId, CancellationToken cancel) => database.WriteAsync(async t =>
    {
        if (await sessions.EndOwnAsync(t, storefront.Key, by.AccountId, sessionId, Reason) == 0) return false;
        await activity.AppendAsync(t, Happened(storefront, by, "signed out a device", sessionId));
        return true;
    }, cancel);

    public Task OthersAsync(Storefront storefront, LiveSession by, CancellationToken cancel) => database.WriteAsync(async t =>
    {
        await sessions.EndOthersAsync(t, storefront.Key, by.AccountId, by.Id, Reason);
        await activity.AppendAsync(t, Happened(storefront, by, "signed out all other devices", by.Id));
    }, cancel);

    public Task AllAsync(Storefront storefront, LiveSession by, CancellationToken cancel) => database.WriteAsync(async t =>
    {
        await sessions.EndAllAsync(t, storefront.Key, by.AccountId, Reason);
        await activity.AppendAsync(t, Happened(storefront, by, "signed out all devices", by.Id));
    }, cancel);

    private static Happened Happened(Storefront storefront, LiveSession by, string what, Guid session) => new(storefront.OrganizationId, ActivityType.SIGN_IN, what)
    {
        StorefrontId = storefront.Id,
        AccountId = by.AccountId,
        SubjectId = session,
    };
}

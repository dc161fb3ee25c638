using Dapper;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Features.Account;

/// <summary>"Revoke sessions": signs a customer out everywhere, and ends every link and code on its way to them.</summary>
public sealed class RevokeSessions(Database database, Sessions sessions, ActivityLog activity, TimeProvider clock)
{
    /// <param name="storefront">The account's storefront.</param>
    /// <param name="accountId">The account.</param>
    /// <param name="contactId">On whose record it was pressed.</param>
    /// <param name="staff">Who pressed it.</param>
    /// <param name="cancel">Cancels the work.</param>
    public Task<RevokedSessions> RunAsync(Storefront storefront, Guid accountId, Guid contactId, string staff, CancellationToken cancel) => database.WriteAsync(async t =>
    {
        int devices = (int)await t.Connection!.ExecuteScalarAsync<long>(CustomerSql.CountSessions,
            new { storefront.OrganizationId, storefront.Id, accountId, now = clock.GetUtcNow() }, t);
        int all = await sessions.EndAllAsync(t, storefront.Key, accountId, "revoked by staff");
        await activity.AppendAsync(t, new Happened(storefront.OrganizationId, ActivityType.STAFF, "sessions revoked")
        {
            StorefrontId = storefront.Id,
            AccountId = accountId,
            ContactId = contactId,
            Actor = staff,
            Detail = $"devices {devices}",
        });
        return new RevokedSessions(devices, Math.Max(0, all - devices));
    }, cancel);
}

/// <param name="Devices">Browsers that were signed in.</param>
/// <param name="Links">Links and codes that would still have worked, and sessions that nobody had ended when they ran out.</param>
public sealed record RevokedSessions(int Devices, int Links);

using Dapper;
using Latchkey.Features.Passkeys.Mails;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Data;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Features.Passkeys;

/// <summary>Removes one of the customer's own passkeys, and tells the account's address. Links by mail go on working.</summary>
public sealed class RemovePasskey(Database database, ActivityLog activity, Outbox outbox, TimeProvider clock)
{
    /// <returns>False when the customer has no such passkey.</returns>
    public async Task<bool> RunAsync(Storefront storefront, LiveSession customer, Visitor visitor, Guid passkeyId, CancellationToken cancel)
    {
        var mails = await database.WriteAsync(async t =>
        {
            if (await t.Connection!.ExecuteAsync(PasskeySql.Remove, new { storefront.OrganizationId, customer.AccountId, passkeyId }, t) == 0) return null;
            await activity.AppendAsync(t, PasskeyEvents.Of("passkey removed", storefront, customer.AccountId, passkeyId));
            return await outbox.EnqueueAsync(t, MailLane.SignIn, [PasskeyNoticeMail.New(storefront, customer, visitor, PasskeyChange.Removed, clock.GetUtcNow())]);
        }, cancel);
        if (mails is not null) outbox.Announce(mails);
        return mails is not null;
    }
}

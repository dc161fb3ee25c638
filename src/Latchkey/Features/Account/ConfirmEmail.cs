using Latchkey.Features.Account.Mails;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Data;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Features.Account;

/// <summary>Changes the address, once the new mailbox is proven by somebody who is signed in. The old mailbox is told and can undo it.</summary>
public sealed class ConfirmEmail(
    Database database, EmailChanges changes, LinkedContacts contacts, Outbox outbox, ActivityLog activity, TimeProvider clock)
{
    /// <returns>Whether it was changed. When not, the link is over now.</returns>
    public async Task<bool> RunAsync(Storefront storefront, LinkToken token, LiveSession session, string? device, string locale, CancellationToken cancel)
    {
        var (changed, mails) = await database.WriteAsync(async t =>
        {
            var now = clock.GetUtcNow();
            var (change, taken) = await changes.ConfirmAsync(t, storefront.Key, token, session);
            if (change is null)
                // Whose address it is by now is told, as if it had been so from the start, and nobody else is.
                return (false, taken is null ? null : await outbox.EnqueueAsync(t, MailLane.SignIn, [EmailChangeMail.To(storefront, taken, device, locale, now)]));
            await contacts.ChangeAsync(t, storefront, change.AccountId, "email changed by the customer",
                c => c.Email == change.Before.Value ? c with { Email = change.After.Value } : c);
            await activity.AppendAsync(t, new Happened(storefront.OrganizationId, ActivityType.SIGN_IN, "email changed")
            {
                StorefrontId = storefront.Id,
                AccountId = change.AccountId,
                SubjectId = change.Undo!.Id,
            });
            return (true, await outbox.EnqueueAsync(t, MailLane.SignIn, [EmailChangedMail.To(storefront, change, device, session.Locale ?? locale, now)]));
        }, cancel);
        if (mails is not null) outbox.Announce(mails);
        return changed;
    }
}

using System.Data.Common;
using Latchkey.Features.Account.Mails;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Features.Account;

/// <summary>Staff give an account another address, because the customer lost the old one or it was mistyped. Both mailboxes are told; the old one can undo it.</summary>
public sealed class ReplaceEmail(EmailChanges changes, Outbox outbox, TimeProvider clock)
{
    /// <param name="transaction">The caller's transaction. Announce the mails after it.</param>
    /// <param name="storefront">The account's storefront.</param>
    /// <param name="accountId">The account.</param>
    /// <param name="address">The new address.</param>
    /// <param name="locale">The language of the mails.</param>
    /// <returns>Null when it cannot be: see <see cref="EmailChanges.ReplaceAsync"/>.</returns>
    public async Task<EnqueuedMails?> RunAsync(DbTransaction transaction, Storefront storefront, Guid accountId, EmailAddress address, string locale)
    {
        if (await changes.ReplaceAsync(transaction, storefront.Key, accountId, address) is not { } change) return null;
        var now = clock.GetUtcNow();
        return await outbox.EnqueueAsync(transaction, MailLane.SignIn,
            [EmailReplacedMail.ToFormer(storefront, change, locale, now), EmailReplacedMail.ToPresent(storefront, change, locale, now)]);
    }
}

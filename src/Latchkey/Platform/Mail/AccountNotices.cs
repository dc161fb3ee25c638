using System.Data.Common;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Platform.Mail;

/// <summary>Notices to the holder of an account about what was done with it.</summary>
public sealed class AccountNotices(Outbox outbox, TimeProvider clock)
{
    /// <summary>A notice is worth sending for so long.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(2);

    /// <summary>Announce what comes back after the commit.</summary>
    public Task<EnqueuedMails> EnqueueAsync(DbTransaction transaction, Storefront storefront, AccountMailbox holder, string kind)
    {
        var now = clock.GetUtcNow();
        return outbox.EnqueueAsync(transaction, MailLane.SignIn, [new NewMail
        {
            OrganizationId = storefront.OrganizationId,
            Id = Guid.CreateVersion7(now),
            StorefrontId = storefront.Id,
            Kind = kind,
            AccountId = holder.AccountId,
            ToAddress = holder.Email,
            Locale = holder.Locale ?? storefront.Locale,
            CreatedAt = now,
            GiveUpAt = now + Lifetime,
        }]);
    }
}

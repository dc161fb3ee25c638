using Latchkey.Features.Account.Mails;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Data;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Features.Account;

/// <summary>Asks for another address, from a fresh sign-in. Nothing changes until it is confirmed from the new mailbox.</summary>
public sealed class ChangeEmail(Database database, EmailChanges changes, OneTimeLinks links, Outbox outbox, ActivityLog activity, TimeProvider clock)
{
    /// <returns>When to try again, after a limit was reached; else null.</returns>
    public async Task<DateTimeOffset?> RunAsync(Storefront storefront, Guid accountId, EmailAddress address, string? device, string locale, CancellationToken cancel)
    {
        var (asked, mails) = await database.WriteAsync(async t =>
        {
            var asked = await changes.AskAsync(t, storefront.Key, storefront.Policy.Limits, accountId, address);
            if (asked.Link is not { } link) return (asked, (EnqueuedMails?)null);
            await activity.AppendAsync(t, Happened(storefront, accountId, "change of email asked for", link.Id));
            return (asked, await outbox.EnqueueAsync(t, MailLane.SignIn, [EmailChangeMail.To(storefront, link, device, locale, clock.GetUtcNow())]));
        }, cancel);
        if (mails is null) return asked.AgainAt;
        outbox.Announce(mails);
        return null;
    }

    public Task CancelAsync(Storefront storefront, Guid accountId, CancellationToken cancel) => database.WriteAsync(async t =>
    {
        if (await links.RevokeAsync(t, storefront.Key, accountId, OneTimePurpose.ChangeEmail) > 0)
            await activity.AppendAsync(t, Happened(storefront, accountId, "change of email cancelled", null));
    }, cancel);

    private static Happened Happened(Storefront storefront, Guid accountId, string what, Guid? link) => new(storefront.OrganizationId, ActivityType.SIGN_IN, what)
    {
        StorefrontId = storefront.Id,
        AccountId = accountId,
        SubjectId = link,
    };
}

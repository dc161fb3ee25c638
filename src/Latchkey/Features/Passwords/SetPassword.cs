using System.Data.Common;
using Latchkey.Features.Contacts;
using Latchkey.Features.Passwords.Mails;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Data;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Features.Passwords;

/// <summary>
/// Sets a new password, by a link from the mailbox or by the signed-in customer. Whoever is signed in elsewhere is signed out, links on their
/// way end, and the holder is told.
/// </summary>
public sealed class SetPassword(
    Database database, Registrations registrations, AccountPasswords passwords, PasswordHashing hashing, Sessions sessions, ActivityLog activity,
    LinkContacts linkContacts, Outbox outbox, AccountNotices notices)
{
    /// <summary>By the link of a mail. Nobody is signed in by it.</summary>
    /// <returns>False when the link was used meanwhile, or the account is closed.</returns>
    public async Task<bool> ByLinkAsync(Storefront storefront, LinkToken token, string password, CancellationToken cancel)
    {
        string hash = await hashing.HashAsync(password, cancel);
        return await RunAsync(storefront, "password set by mail", async t => (await registrations.ResetAsync(t, storefront.Key, token, hash), null), cancel) is not null;
    }

    /// <summary>By the customer: this browser stays signed in, with a new session.</summary>
    public async Task<StartedSession?> ByCustomerAsync(Storefront storefront, LiveSession session, string password, Visitor visitor, CancellationToken cancel)
    {
        string hash = await hashing.HashAsync(password, cancel);
        return (await RunAsync(storefront, "password set", async t => (await passwords.SetAsync(t, storefront.Key, session.AccountId, hash), (session, visitor)), cancel))?.Session;
    }

    /// <summary>Takes the password away. This browser stays signed in, with a new session.</summary>
    /// <returns>Null when there was none.</returns>
    public async Task<StartedSession?> RemoveAsync(Storefront storefront, LiveSession session, Visitor visitor, CancellationToken cancel) =>
        (await RunAsync(storefront, "password removed", async t => (await AccountPasswords.RemoveAsync(t, storefront.Key, session.AccountId), (session, visitor)), cancel))?.Session;

    private async Task<Done?> RunAsync(
        Storefront storefront, string what, Func<DbTransaction, Task<(AccountMailbox? Account, (LiveSession Session, Visitor Visitor)? Customer)>> change, CancellationToken cancel)
    {
        var done = await database.WriteAsync(async t =>
        {
            var (account, customer) = await change(t);
            if (account is null) return null;
            if (account.IsFirstProof) await linkContacts.ByAddressAsync(t, storefront, account.AccountId);
            await sessions.EndAllAsync(t, storefront.Key, account.AccountId, what);
            var session = customer is { } stays
                ? await sessions.StartAsync(t, storefront.Key, storefront.Policy, account.AccountId, stays.Session.Means, stays.Visitor)
                : null;
            await activity.AppendAsync(t, new Happened(storefront.OrganizationId, ActivityType.SIGN_IN, what) { StorefrontId = storefront.Id, AccountId = account.AccountId });
            return new Done(session, await notices.EnqueueAsync(t, storefront, account, PasswordChangedMail.Kind));
        }, cancel);
        if (done is not null) outbox.Announce(done.Mails);
        return done;
    }

    private sealed record Done(StartedSession? Session, EnqueuedMails Mails);
}

using System.Data.Common;
using Latchkey.Features.Contacts;
using Latchkey.Features.SignIn;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Features.Passwords;

/// <summary>
/// Proves the address of a registration by the link in its mail. The chosen password comes in with the proof only where it was chosen: in
/// that browser, or by whoever types it again. Everybody else who holds the mailbox gets the account without it.
/// </summary>
public sealed class ConfirmAddress(
    Database database, Registrations registrations, AccountPasswords passwords, PasswordHashing hashing, Sessions sessions, SignedIn signedIn,
    LinkContacts linkContacts, ActivityLog activity)
{
    /// <summary>With the password that this browser chose, or the one that is typed.</summary>
    /// <param name="typed">What was typed; null when nothing was asked for.</param>
    /// <param name="before">Who was signed in here before, if anybody: that session ends.</param>
    public async Task<Confirmation> RunAsync(
        Storefront storefront, LinkToken token, OneTimeLink link, string? typed, Visitor visitor, LiveSession? before, CancellationToken cancel)
    {
        var waiting = await database.ReadAsync(c => Registrations.FindAsync(c, storefront.Key, link.AccountId, visitor.Browser, cancel), cancel);
        var chosen = waiting.FirstOrDefault(r => r.IsOfThisBrowser);
        if (chosen is null && waiting.Count > 0)
        {
            if (await database.WriteAsync(t => passwords.ChargeAsync(t, storefront.Key, storefront.Policy, link.Address, visitor.Ip), cancel) is { } until)
                return new(ConfirmOutcome.Limited, null, until);
            chosen = await RecogniseAsync(waiting, typed ?? "", cancel);
            if (chosen is null) return new(ConfirmOutcome.WrongPassword, null, null);
        }
        return await database.WriteAsync(t => ConfirmAsync(t, storefront, token, chosen, visitor, before), cancel);
    }

    /// <summary>By somebody who chose none: what was chosen is dropped, and nobody is signed in.</summary>
    public Task<Confirmation> WithoutAsync(Storefront storefront, LinkToken token, Visitor visitor, CancellationToken cancel) =>
        database.WriteAsync(t => ConfirmAsync(t, storefront, token, null, visitor, null), cancel);

    private async Task<Registration?> RecogniseAsync(IReadOnlyList<Registration> waiting, string typed, CancellationToken cancel)
    {
        foreach (var one in waiting)
            if (await hashing.VerifyAsync(one.Hash, typed, cancel) != PasswordMatch.Wrong) return one;
        return null;
    }

    private async Task<Confirmation> ConfirmAsync(
        DbTransaction transaction, Storefront storefront, LinkToken token, Registration? chosen, Visitor visitor, LiveSession? before)
    {
        var account = await registrations.ConfirmAsync(transaction, storefront.Key, token, chosen?.Id);
        if (account is null) return new(ConfirmOutcome.NotConfirmed, null, null);
        await linkContacts.ByAddressAsync(transaction, storefront, account.AccountId);
        await activity.AppendAsync(transaction, new Happened(storefront.OrganizationId, ActivityType.SIGN_IN, "address confirmed")
        {
            StorefrontId = storefront.Id,
            AccountId = account.AccountId,
        });
        if (chosen is null) return new(ConfirmOutcome.WithoutPassword, null, null);
        var session = await sessions.StartAsync(transaction, storefront.Key, storefront.Policy, account.AccountId, "password", visitor);
        await signedIn.NoteAsync(transaction, storefront, session!, before);
        return new(ConfirmOutcome.SignedIn, session, null);
    }
}

/// <param name="Session">Set when signed in.</param>
/// <param name="AgainAt">Set when limited.</param>
public sealed record Confirmation(ConfirmOutcome Outcome, StartedSession? Session, DateTimeOffset? AgainAt);

public enum ConfirmOutcome
{
    SignedIn,
    /// <summary>Confirmed; the way in is a sign-in link.</summary>
    WithoutPassword,
    WrongPassword,
    Limited,
    /// <summary>The link was used meanwhile, or the account is closed.</summary>
    NotConfirmed,
}

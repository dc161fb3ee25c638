using System.Data.Common;
using Dapper;
using Latchkey.Features.Passkeys.Mails;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Data;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;
using Microsoft.AspNetCore.Identity;

namespace Latchkey.Features.Passkeys;

/// <summary>Adds a passkey to the account that is signed in: first the challenge, then the device's answer.</summary>
public sealed class AddPasskey(
    Database database, PublicAddress addresses, PasskeyChallenges challenges, ActivityLog activity, Outbox outbox, TimeProvider clock)
{
    public const int Most = 10;

    /// <returns>The browser's options; without them when too many were asked for.</returns>
    public async Task<PasskeyQuestion> AskAsync(Storefront storefront, LiveSession customer, Visitor visitor, CancellationToken cancel)
    {
        var made = await new PasskeyCeremony(database, addresses, storefront).AskForNewAsync(customer.AccountId, customer.Email);
        var issued = await database.WriteAsync(
            t => challenges.IssueAsync(t, storefront.Key, storefront.Policy, visitor, customer.AccountId, made.AttestationState!, cancel), cancel);
        return new PasskeyQuestion(issued, made.CreationOptionsJson);
    }

    public async Task<AddPasskeyOutcome> RunAsync(Storefront storefront, LiveSession customer, Visitor visitor, PasskeyAnswer answer, string name, CancellationToken cancel)
    {
        string? state = await database.WriteAsync(
            t => challenges.TakeAsync(t, storefront.Key, answer.Challenge, visitor.Browser, customer.AccountId, cancel), cancel);
        if (state is null) return AddPasskeyOutcome.Refused;
        var ceremony = new PasskeyCeremony(database, addresses, storefront);
        var checkedNew = await ceremony.CheckNewAsync(state, answer.Credential);
        if (!checkedNew.Succeeded) return AddPasskeyOutcome.Refused;

        var (outcome, mails) = await database.WriteAsync(t => StoreAsync(t, storefront, customer, visitor, ceremony.Site, checkedNew.Passkey, name), cancel);
        if (mails is not null) outbox.Announce(mails);
        return outcome;
    }

    private async Task<(AddPasskeyOutcome, EnqueuedMails?)> StoreAsync(
        DbTransaction transaction, Storefront storefront, LiveSession customer, Visitor visitor, PasskeySite site, UserPasskeyInfo made, string name)
    {
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        if (await transaction.Connection!.ExecuteAsync(PasskeySql.HoldAccount, new { storefront.OrganizationId, customer.AccountId }, transaction) == 0)
            return (AddPasskeyOutcome.Refused, null);
        int added = await transaction.Connection!.ExecuteAsync(PasskeySql.Add, new
        {
            storefront.OrganizationId,
            id,
            StorefrontId = storefront.Id,
            customer.AccountId,
            made.CredentialId,
            made.PublicKey,
            SignCount = (long)made.SignCount,
            Transports = string.Join(',', made.Transports ?? []),
            made.IsUserVerified,
            made.IsBackupEligible,
            made.IsBackedUp,
            site.RpId,
            Name = name,
            now,
            most = Most,
        }, transaction);
        if (added == 0) return (AddPasskeyOutcome.TooMany, null);

        await activity.AppendAsync(transaction, PasskeyEvents.Of("passkey added", storefront, customer.AccountId, id));
        return (AddPasskeyOutcome.Added, await outbox.EnqueueAsync(transaction, MailLane.SignIn, [PasskeyNoticeMail.New(storefront, customer, visitor, PasskeyChange.Added, now)]));
    }
}

public enum AddPasskeyOutcome
{
    Added,
    /// <summary>The device's answer does not fit the challenge, the host or the account.</summary>
    Refused,
    /// <summary>The account has as many as it may, or has this one already.</summary>
    TooMany,
}

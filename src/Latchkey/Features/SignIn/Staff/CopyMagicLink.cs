using System.Data.Common;
using Dapper;
using Latchkey.Features.SignIn.Mails;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Data;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Features.SignIn.Staff;

/// <summary>"Magic link": staff copy a link that signs in as the customer. It is recorded with the reason, and the customer is told.</summary>
public sealed class CopyMagicLink(Database database, StaffLinks links, Outbox outbox, ActivityLog activity, PublicAddress addresses, TimeProvider clock)
{
    /// <param name="storefront">The account's storefront.</param>
    /// <param name="accountId">The account.</param>
    /// <param name="staff">Who copies it.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancel">Cancels the work.</param>
    /// <returns>The whole link when there is one. Show it once; never store or log it.</returns>
    public async Task<(StaffLinkAnswer Answer, string? Link)> RunAsync(Storefront storefront, Guid accountId, string staff, string reason, CancellationToken cancel)
    {
        var (answer, mails) = await database.WriteAsync(t => CopyAsync(t, storefront, accountId, staff, reason), cancel);
        if (mails is not null) outbox.Announce(mails);
        return (answer, answer.Token is { } token ? $"{addresses.PortalOf(storefront)}/link/{token.Value}" : null);
    }

    /// <summary>The account of an address; null when there is none.</summary>
    public Task<Guid?> FindAccountAsync(Storefront storefront, EmailAddress address, CancellationToken cancel) => database.ReadAsync(c =>
        c.QuerySingleOrDefaultAsync<Guid?>(StaffSql.AccountOf, new { storefront.OrganizationId, StorefrontId = storefront.Id, email = address.Value }), cancel);

    private async Task<(StaffLinkAnswer, EnqueuedMails?)> CopyAsync(DbTransaction transaction, Storefront storefront, Guid accountId, string staff, string reason)
    {
        var account = await transaction.Connection!.QuerySingleOrDefaultAsync<Holder>(
            StaffSql.FindAccount, new { storefront.OrganizationId, StorefrontId = storefront.Id, accountId }, transaction);
        if (account is null) return (new StaffLinkAnswer(StaffLinkOutcome.NotProven), null);
        var answer = await links.CopyAsync(transaction, storefront.Key, storefront.Policy, accountId, EmailAddress.Of(account.Email), staff, reason);
        if (answer.Outcome != StaffLinkOutcome.Made) return (answer, null);

        await activity.AppendAsync(transaction, new Happened(storefront.OrganizationId, ActivityType.STAFF, "copied a magic link")
        {
            StorefrontId = storefront.Id,
            AccountId = accountId,
            SubjectId = answer.RequestId,
            Actor = staff,
            Detail = reason.Trim(),
        });
        var now = clock.GetUtcNow();
        return (answer, await outbox.EnqueueAsync(transaction, MailLane.Bulk, [new NewMail
        {
            OrganizationId = storefront.OrganizationId,
            Id = Guid.CreateVersion7(now),
            StorefrontId = storefront.Id,
            Kind = StaffLinkNotice.Kind,
            AccountId = accountId,
            ToAddress = account.Email,
            Locale = account.Locale ?? storefront.Locale,
            CreatedAt = now,
            GiveUpAt = now.AddDays(2),
        }]));
    }

    private sealed record Holder
    {
        public required string Email { get; init; }
        public string? Locale { get; init; }
    }
}

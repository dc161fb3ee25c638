using System.Data.Common;
using Dapper;
using Latchkey.Features.Contacts;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Features.SignIn.Staff;

/// <summary>"Resend the portal link", "Send sign-in link": mails a contact a link, and makes the account when there is none.</summary>
public sealed class SendPortalLink(Database database, SignInRequests requests, LinkContacts linkContacts, ActivityLog activity, SendLinksSignal signal, TimeProvider clock)
{
    /// <param name="storefront">The contact's storefront.</param>
    /// <param name="contactId">The contact.</param>
    /// <param name="staff">Who sends it: goes into the record.</param>
    /// <param name="cancel">Cancels the work.</param>
    public async Task<PortalLinkAnswer> RunAsync(Storefront storefront, Guid contactId, string staff, CancellationToken cancel)
    {
        var answer = await database.WriteAsync(t => SendAsync(t, storefront, contactId, staff), cancel);
        if (answer.Outcome == PortalLinkOutcome.Sent) signal.Set();
        return answer;
    }

    /// <summary>The same for an account, whatever its contact; it may have none.</summary>
    public async Task<PortalLinkAnswer> ToAccountAsync(Storefront storefront, Guid accountId, string staff, CancellationToken cancel)
    {
        var answer = await database.WriteAsync(t => WithinAsync(t, storefront, accountId, staff), cancel);
        if (answer.Outcome == PortalLinkOutcome.Sent) signal.Set();
        return answer;
    }

    /// <summary>The same in the transaction of its cause; the caller wakes the worker after the commit.</summary>
    public async Task<PortalLinkAnswer> WithinAsync(DbTransaction transaction, Storefront storefront, Guid accountId, string staff)
    {
        var account = await transaction.Connection!.QuerySingleOrDefaultAsync<Reached>(
            StaffSql.ReachAccount, new { storefront.OrganizationId, StorefrontId = storefront.Id, accountId }, transaction);
        return account is null ? new(PortalLinkOutcome.NoContact) : await AskAsync(transaction, storefront, account, null, staff);
    }

    /// <summary>The storefront's oldest contact with an address; null when there is none.</summary>
    public Task<Guid?> FindContactAsync(Storefront storefront, EmailAddress address, CancellationToken cancel) => database.ReadAsync(c =>
        c.QueryFirstOrDefaultAsync<Guid?>(StaffSql.ContactOf, new { storefront.OrganizationId, StorefrontId = storefront.Id, email = address.Value }), cancel);

    private async Task<PortalLinkAnswer> SendAsync(DbTransaction transaction, Storefront storefront, Guid contactId, string staff)
    {
        var connection = transaction.Connection!;
        var where = new { storefront.OrganizationId, StorefrontId = storefront.Id, contactId };
        if (await connection.QuerySingleOrDefaultAsync<Reached>(StaffSql.FindContact, where, transaction) is not { } contact) return new(PortalLinkOutcome.NoContact);
        if (contact.AccountId is null)
        {
            if (!EmailAddress.TryRead(contact.Email, out var email) || !email.IsDeliverable) return new(PortalLinkOutcome.NoAddress);
            var account = new { storefront.OrganizationId, StorefrontId = storefront.Id, id = Guid.CreateVersion7(clock.GetUtcNow()), email = email.Value, now = clock.GetUtcNow() };
            var accountId = await connection.ExecuteScalarAsync<Guid?>(StaffSql.AddAccount, account, transaction)
                ?? await connection.ExecuteScalarAsync<Guid>(StaffSql.AccountOf, account, transaction);
            await linkContacts.ByStaffAsync(transaction, storefront, accountId, contactId);
            contact = (await connection.QuerySingleAsync<Reached>(StaffSql.FindContact, where, transaction))!;
        }
        return await AskAsync(transaction, storefront, contact, contactId, staff);
    }

    private async Task<PortalLinkAnswer> AskAsync(DbTransaction transaction, Storefront storefront, Reached contact, Guid? contactId, string staff)
    {
        if (contact.State is not ("unproven" or "proven")) return new(PortalLinkOutcome.AccountClosed);
        var address = EmailAddress.Of(contact.AccountEmail!);
        var asked = await requests.AskAsync(transaction, storefront.Key, storefront.Policy, new Ask
        {
            Name = SignInName.Of(address),
            Shown = address.Masked,
            Browser = BrowserSecret.Create(),
            BrowserIsKnown = false,
            Locale = contact.Locale ?? storefront.Locale,
            AccountId = contact.AccountId,
            Staff = staff,
        });
        if (asked.Outcome == AskOutcome.Limited) return new(PortalLinkOutcome.Limited) { AgainAt = asked.AgainAt };
        await activity.AppendAsync(transaction, new Happened(storefront.OrganizationId, ActivityType.STAFF, "sent the portal link")
        {
            StorefrontId = storefront.Id,
            AccountId = contact.AccountId,
            ContactId = contactId,
            SubjectId = asked.RequestId,
            Actor = staff,
        });
        return new(PortalLinkOutcome.Sent) { RequestId = asked.RequestId };
    }

    private sealed record Reached
    {
        public string? Email { get; init; }
        public string? Locale { get; init; }
        public Guid? AccountId { get; init; }
        public string? AccountEmail { get; init; }
        public string? State { get; init; }
    }
}

public enum PortalLinkOutcome
{
    Sent,
    /// <summary>The storefront has no such contact.</summary>
    NoContact,
    /// <summary>The contact's address is missing or cannot get mail: correct it first.</summary>
    NoAddress,
    /// <summary>The account is disabled or merged.</summary>
    AccountClosed,
    /// <summary>Too many mails to this address; see <see cref="PortalLinkAnswer.AgainAt"/>.</summary>
    Limited,
}

public sealed record PortalLinkAnswer(PortalLinkOutcome Outcome)
{
    public Guid RequestId { get; init; }
    public DateTimeOffset AgainAt { get; init; }
}

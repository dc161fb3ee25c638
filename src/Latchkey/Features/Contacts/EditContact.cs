using System.Data.Common;
using Dapper;
using Latchkey.Features.Account;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Data;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Features.Contacts;

/// <summary>
/// Saves what staff change of a customer. With the address of the record goes that of the account that signs in by it; an address that is
/// another account's is never taken over here (SECURITY 1.4).
/// </summary>
public sealed class EditContact(Database database, ReplaceEmail replaceEmail, Outbox outbox, ActivityLog activity, TimeProvider clock)
{
    /// <param name="storefront">The contact's storefront.</param>
    /// <param name="contactId">The contact.</param>
    /// <param name="version">When the record was changed last, as the editor saw it.</param>
    /// <param name="edit">The details, valid.</param>
    /// <param name="staff">Who saves it: goes into the record.</param>
    /// <param name="cancel">Cancels the saving.</param>
    public async Task<ContactSaving> RunAsync(Storefront storefront, Guid contactId, DateTimeOffset version, ContactEdit edit, string staff, CancellationToken cancel)
    {
        var (outcome, mails) = await database.WriteAsync(t => SaveAsync(t, storefront, contactId, version, edit, staff), cancel);
        if (mails is not null) outbox.Announce(mails);
        return outcome;
    }

    private async Task<(ContactSaving, EnqueuedMails?)> SaveAsync(DbTransaction transaction, Storefront storefront, Guid contactId, DateTimeOffset version, ContactEdit edit, string staff)
    {
        var connection = transaction.Connection!;
        var organizationId = storefront.OrganizationId;
        var contact = await connection.QuerySingleOrDefaultAsync<ContactDetails>(ContactSql.Find, new { organizationId, id = contactId }, transaction);
        if (contact is null || contact.StorefrontId != storefront.Id) return (ContactSaving.NoContact, null);
        if (contact.UpdatedAt != version) return (ContactSaving.ChangedMeanwhile, null);
        var before = ContactEdit.Of(contact);
        if (edit == before) return (ContactSaving.Saved, null);

        // The record first, then its account: of two who save at once, the second waits here and then sees that it is too late.
        if (await connection.ExecuteAsync(ContactSql.Lock, new { organizationId, id = contactId, version }, transaction) == 0) return (ContactSaving.ChangedMeanwhile, null);
        var account = edit.Email == before.Email ? null : await SignsInByAsync(transaction, storefront, contactId, before.Email, edit.Email);
        EnqueuedMails? mails = null;
        if (edit.Email is null && account is not null) return (ContactSaving.AddressNeeded, null);
        if (edit.Email is not null && edit.Email != before.Email)
        {
            var held = new { organizationId, storefrontId = storefront.Id, id = contactId, email = edit.Email };
            if (await connection.ExecuteScalarAsync<Guid?>(ContactSql.Holder, held, transaction) is not null) return (ContactSaving.AddressTaken, null);
            if (account is not null)
            {
                mails = await replaceEmail.RunAsync(transaction, storefront, account.Id, EmailAddress.Of(edit.Email), edit.Locale ?? storefront.Locale);
                if (mails is null) return (ContactSaving.AddressTaken, null);
            }
        }

        // Later than the version even when the clock has not moved: the version must tell the two apart.
        var now = clock.GetUtcNow() > version ? clock.GetUtcNow() : version.AddMilliseconds(1);
        await connection.ExecuteAsync(ContactSql.Save, new { organizationId, id = contactId, edit.FullName, edit.Email, edit.Phone, edit.Locale, edit.FacilityId, now }, transaction);
        await FollowAsync(transaction, storefront, contactId, before, edit);
        await NoteAsync(transaction, storefront, contactId, account?.Id, edit.ChangesSince(before), staff);
        if (account is null) return (ContactSaving.Saved, null);

        var others = await connection.QueryAsync<Guid>(ContactSql.FollowContacts,
            new { organizationId, id = contactId, accountId = account.Id, emailBefore = before.Email, email = edit.Email, now }, transaction);
        foreach (var other in others)
            await NoteAsync(transaction, storefront, other, account.Id, (before with { Email = edit.Email }).ChangesSince(before), staff);
        return (ContactSaving.SavedWithAccount, mails);
    }

    /// <summary>The account whose address the record's is. None follows when another account of the contact has the new one already.</summary>
    private static async Task<ContactAccount?> SignsInByAsync(DbTransaction transaction, Storefront storefront, Guid contactId, string? before, string? after)
    {
        var accounts = (await transaction.Connection!.QueryAsync<ContactAccount>(ContactSql.Accounts, new { organizationId = storefront.OrganizationId, storefrontId = storefront.Id, id = contactId }, transaction)).AsList();
        return accounts.Exists(a => a.Email == after) ? null : accounts.Find(a => a.Email == before && a.State != "merged");
    }

    private static Task<int> FollowAsync(DbTransaction transaction, Storefront storefront, Guid contactId, ContactEdit before, ContactEdit after) =>
        transaction.Connection!.ExecuteAsync(ContactSql.FollowAccounts, new
        {
            organizationId = storefront.OrganizationId,
            storefrontId = storefront.Id,
            id = contactId,
            nameBefore = before.FullName,
            after.FullName,
            localeBefore = before.Locale ?? "",
            localeAfter = after.Locale ?? "",
            renumbered = before.Phone != after.Phone,
            phoneBefore = Number(before.Phone, storefront),
            phoneAfter = Number(after.Phone, storefront),
        }, transaction);

    private Task NoteAsync(DbTransaction transaction, Storefront storefront, Guid contactId, Guid? accountId, IReadOnlyDictionary<string, string?[]> changes, string staff) =>
        activity.AppendAsync(transaction, new Happened(storefront.OrganizationId, ActivityType.STAFF, accountId is null ? "contact edited" : "email changed by staff")
        {
            StorefrontId = storefront.Id,
            AccountId = accountId,
            ContactId = contactId,
            Actor = staff,
            Changes = changes,
        });

    private static string Number(string? phone, Storefront storefront) => PhoneNumber.TryRead(phone, storefront.CallingCode, out var number) ? number.Value : "";
}

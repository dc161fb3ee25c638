using System.Data.Common;
using Dapper;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Features.Contacts;

/// <summary>
/// Staff correct the address of a record and of the account that shows it. Sessions and links end, and the new mailbox has to be proven
/// like the first one. An address that is another customer's account is not taken over here: that is Support's, with a second person.
/// </summary>
public sealed class CorrectAddress(Database database, Sessions sessions, ActivityLog activity, TimeProvider clock)
{
    public Task<CorrectAddressOutcome> RunAsync(Storefront storefront, Guid contactId, string? typed, string staff, CancellationToken cancel) =>
        EmailAddress.TryRead(typed, out var address) && address.IsDeliverable
            ? database.WriteAsync(t => RunAsync(t, storefront, contactId, address, staff), cancel)
            : Task.FromResult(CorrectAddressOutcome.NotAnAddress);

    private async Task<CorrectAddressOutcome> RunAsync(DbTransaction transaction, Storefront storefront, Guid contactId, EmailAddress address, string staff)
    {
        var connection = transaction.Connection!;
        var of = new { storefront.OrganizationId, storefront.Id, contactId, email = address.Value, now = clock.GetUtcNow() };
        var account = await connection.QueryFirstOrDefaultAsync<Guid?>(AddressSql.AccountOf, of, transaction);
        if (account is { } accountId)
        {
            int changed = await connection.ExecuteAsync(AddressSql.ChangeAccount, new { of.OrganizationId, of.Id, accountId, of.email }, transaction);
            if (changed == 0) return CorrectAddressOutcome.AnothersAddress;
            await sessions.EndAllAsync(transaction, storefront.Key, accountId, "email changed by staff");
        }
        if (await connection.ExecuteAsync(AddressSql.ChangeContact, of, transaction) == 0) return CorrectAddressOutcome.NoContact;
        await activity.AppendAsync(transaction, new Happened(storefront.OrganizationId, ActivityType.STAFF, "email changed by staff")
        {
            StorefrontId = storefront.Id,
            AccountId = account,
            ContactId = contactId,
            Detail = staff,
        });
        return CorrectAddressOutcome.Corrected;
    }
}

public enum CorrectAddressOutcome
{
    Corrected,
    NotAnAddress,
    NoContact,
    /// <summary>It is the address of another account on this storefront.</summary>
    AnothersAddress,
}

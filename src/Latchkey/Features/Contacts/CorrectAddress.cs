using Dapper;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Features.Contacts;

/// <summary>Corrects nothing but the address of a record, as <see cref="EditContact"/> does it: the account follows, and both mailboxes are told.</summary>
public sealed class CorrectAddress(Database database, EditContact editContact)
{
    public async Task<CorrectAddressOutcome> RunAsync(Storefront storefront, Guid contactId, string? typed, string staff, CancellationToken cancel)
    {
        if (!EmailAddress.TryRead(typed, out var address) || !address.IsDeliverable) return CorrectAddressOutcome.NotAnAddress;
        var contact = await database.ReadAsync(c => c.QuerySingleOrDefaultAsync<ContactDetails>(
            new CommandDefinition(ContactSql.Find, new { organizationId = storefront.OrganizationId, id = contactId }, cancellationToken: cancel)), cancel);
        if (contact is null) return CorrectAddressOutcome.NoContact;
        return await editContact.RunAsync(storefront, contactId, contact.UpdatedAt, ContactEdit.Of(contact) with { Email = address.Value }, staff, cancel) switch
        {
            ContactSaving.Saved or ContactSaving.SavedWithAccount => CorrectAddressOutcome.Corrected,
            ContactSaving.AddressTaken => CorrectAddressOutcome.AnothersAddress,
            ContactSaving.NoContact or ContactSaving.ChangedMeanwhile or ContactSaving.AddressNeeded => CorrectAddressOutcome.NoContact,
        };
    }
}

public enum CorrectAddressOutcome
{
    Corrected,
    NotAnAddress,
    /// <summary>The record is gone, or somebody else has just changed it.</summary>
    NoContact,
    /// <summary>It is the address of another account on this storefront: that is Support's, with a second person.</summary>
    AnothersAddress,
}

using Latchkey.SignIn;

namespace Latchkey.Features.Contacts;

/// <summary>A contact's details as staff want them.</summary>
public sealed record ContactEdit
{
    public required string FullName { get; init; }
    public string? Email { get; init; }
    public string? Phone { get; init; }
    /// <summary>Null: the storefront's language.</summary>
    public string? Locale { get; init; }
    public Guid? FacilityId { get; init; }

    public static ContactEdit Of(ContactDetails contact) => new()
    {
        FullName = contact.FullName,
        Email = contact.Email,
        Phone = contact.Phone,
        Locale = contact.Locale,
        FacilityId = contact.FacilityId,
    };

    /// <summary>What would change, for the log: of addresses only what does not give them away.</summary>
    public IReadOnlyDictionary<string, string?[]> ChangesSince(ContactEdit before)
    {
        var changes = new Dictionary<string, string?[]>(StringComparer.Ordinal);
        if (FullName != before.FullName) changes["name"] = [before.FullName, FullName];
        if (Email != before.Email) changes["email"] = [Masked(before.Email), Masked(Email)];
        if (Phone != before.Phone) changes["phone"] = [before.Phone, Phone];
        if (Locale != before.Locale) changes["language"] = [before.Locale, Locale];
        if (FacilityId != before.FacilityId) changes["facility"] = [before.FacilityId?.ToString(), FacilityId?.ToString()];
        return changes;
    }

    private static string? Masked(string? email) => email is null ? null : EmailAddress.TryRead(email, out var address) ? address.Masked : "•••";
}

public enum ContactSaving
{
    Saved,
    /// <summary>Saved, with the address of the account: it was signed out, and both mailboxes are told.</summary>
    SavedWithAccount,
    NoContact,
    /// <summary>Somebody else saved the record after it was opened.</summary>
    ChangedMeanwhile,
    /// <summary>The address is another account's: only Support moves it, with a second person.</summary>
    AddressTaken,
    /// <summary>An account signs in by the address that was taken away.</summary>
    AddressNeeded,
}

using Latchkey.Platform.Csv;

namespace Latchkey.Features.Contacts.Import;

/// <summary>What a row makes of its contact. Empty cells change nothing.</summary>
internal static class ContactChange
{
    /// <summary>A placeholder such as none@example.com would otherwise show its owner everybody's rentals.</summary>
    public const int MostContactsOfAddress = 20;

    /// <returns>What forbids it, or null.</returns>
    public static RowProblem? ToNew(Known known, ContactRow row, Guid? facility, DateTimeOffset now, out KnownContact contact)
    {
        contact = new KnownContact
        {
            Id = Guid.CreateVersion7(now),
            FacilityId = facility,
            ExternalId = row.ExternalId,
            FullName = row.FullName,
            Email = row.Email?.Value,
            Phone = row.Phone,
            Locale = row.Locale,
            CreatedAt = now,
            UpdatedAt = now,
        };
        if (row.Email is not { } email) return null;
        if (known.Account(email.Value) is { State: "merged" }) return new(null, $"The account of this address was merged into another. Ask support which address to use.");
        return known.ByEmail(email.Value).Count >= MostContactsOfAddress
            ? new(null, $"{MostContactsOfAddress} customers have this address already. If it is a placeholder, leave the cell empty.")
            : null;
    }

    /// <param name="line">Where this file spoke of the contact before; null: not yet.</param>
    /// <returns>What forbids it, or null.</returns>
    public static RowProblem? To(Known known, KnownContact contact, ContactRow row, Guid? facility, int? line, out KnownContact changed)
    {
        changed = contact with
        {
            // The home facility is that of the customer's first row: the other rows are further rentals.
            FacilityId = line is null ? facility ?? contact.FacilityId : contact.FacilityId ?? facility,
            ExternalId = row.ExternalId ?? contact.ExternalId,
            FullName = row.FullName,
            Email = row.Email?.Value ?? contact.Email,
            Phone = row.Phone ?? contact.Phone,
            Locale = row.Locale ?? contact.Locale,
        };
        // Two rows that disagree would change the contact to and fro at each import.
        if (line is { } first && Disagreement(contact, changed, first) is { } text) return new(null, text);
        return changed.Email == contact.Email ? null : ToEmail(known, contact, changed.Email!);
    }

    private static FormattableString? Disagreement(KnownContact before, KnownContact after, int line)
    {
        if (before.FullName != after.FullName) return $"Line {line} is the same customer with another name. Make the two rows agree.";
        if (before.Email is not null && before.Email != after.Email) return $"Line {line} is the same customer with another e-mail. Make the two rows agree.";
        if (before.Phone is not null && before.Phone != after.Phone) return $"Line {line} is the same customer with another phone. Make the two rows agree.";
        if (before.Locale is not null && before.Locale != after.Locale) return $"Line {line} is the same customer with another language. Make the two rows agree.";
        return null;
    }

    /// <summary>Who decides the address decides who signs in: an import never moves a customer's sign-in, nor joins it to another's.</summary>
    private static RowProblem? ToEmail(Known known, KnownContact contact, string email) =>
        contact.SettledAccounts > 0
            ? new(null, $"This customer signs in already, with another address. An import does not change it: staff do, on the customer's page.")
        : known.Account(email) is not null || known.ByEmail(email).Count > 0
            ? new(null, $"The address belongs to another customer. An import does not join the two: staff do, on the customer's page.")
        : null;
}

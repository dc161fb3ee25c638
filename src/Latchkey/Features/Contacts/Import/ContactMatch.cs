using Latchkey.Platform.Csv;

namespace Latchkey.Features.Contacts.Import;

/// <summary>Which contact a row is about. The rules and their reasons: docs/decisions/0006-import.md.</summary>
internal static class ContactMatch
{
    /// <returns>What hinders it, or null; without a contact it is a new one.</returns>
    public static RowProblem? Find(Known known, ContactRow row, out KnownContact? contact)
    {
        contact = null;
        if (row.ExternalId is { } id)
        {
            contact = known.ByExternalId(id) ?? Adopted(known, row);
            return null;
        }
        return row.Email is { } email ? ByEmail(known, email.Value, row, out contact) : ByName(known, row, out contact);
    }

    /// <summary>A contact from before the file's ids: only under the same name, or a family's shared address would make one of two.</summary>
    private static KnownContact? Adopted(Known known, ContactRow row) => row.Email is { } email
        ? known.ByEmail(email.Value).FirstOrDefault(c => c.ExternalId is null && FoldedText.Same(c.FullName, row.FullName))
        : null;

    private static RowProblem? ByEmail(Known known, string email, ContactRow row, out KnownContact? contact)
    {
        var sharing = known.ByEmail(email);
        contact = sharing.FirstOrDefault(c => FoldedText.Same(c.FullName, row.FullName)) ?? (sharing.Count == 1 ? sharing[0] : null);
        return contact is null && sharing.Count > 1
            ? new(null, $"{sharing.Count} customers have this address and none of them this name. Give the customer's id.")
            : null;
    }

    private static RowProblem? ByName(Known known, ContactRow row, out KnownContact? contact)
    {
        var alike = known.ByName(row.FullName, row.Phone);
        contact = alike.FirstOrDefault(c => c.Email is null) ?? (alike.Count > 0 ? alike[0] : null);
        return row.Phone is null && alike.Count > 1
            ? new(null, $"Several customers have this name. Give the customer's id, address or phone.")
            : null;
    }
}

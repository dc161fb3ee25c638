using Latchkey.Platform.Csv;

namespace Latchkey.Features.Contacts.Import;

/// <summary>Which column of a file of contacts holds which field.</summary>
internal static class ContactHeader
{
    /// <param name="names">The header line.</param>
    /// <param name="mapping">Header to field, for headers that say it in words of their own.</param>
    public static CsvHeader<ContactField> Read(string[] names, IReadOnlyDictionary<string, ContactField> mapping)
    {
        var header = new CsvHeader<ContactField>(ContactFields.Headers, names).Read(mapping, ContactField.Unused);
        ReadNomAsLastName(header);
        if (header.Has(ContactField.Name) || header.Has(ContactField.LastName) || header.Has(ContactField.FirstName)) return header;
        var known = ContactFields.Headers;
        throw new ImportRefusedException(
            $"The header line has no column for the name. Its columns: {string.Join(", ", names.Where(n => n.Length > 0))}. Any of these is understood: {known.Of(ContactField.Name)}; or {known.Of(ContactField.FirstName)} with {known.Of(ContactField.LastName)}.");
    }

    /// <summary>What each column seems to hold, to begin a mapping with.</summary>
    public static IReadOnlyList<ContactField?> Guess(IEnumerable<string> names)
    {
        var header = new CsvHeader<ContactField>(ContactFields.Headers, [.. names]).Guess();
        ReadNomAsLastName(header);
        return header.Fields;
    }

    /// <summary>Beside “prénom”, “nom” is the last name only.</summary>
    private static void ReadNomAsLastName(CsvHeader<ContactField> header)
    {
        if (header.Has(ContactField.FirstName) && !header.Has(ContactField.LastName) && header.Has(ContactField.Name)
            && FoldedText.Of(header.NameOf(ContactField.Name)) is "nom" or "name") header.Rename(ContactField.Name, ContactField.LastName);
    }
}

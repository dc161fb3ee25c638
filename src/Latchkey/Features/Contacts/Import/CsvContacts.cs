using Latchkey.Platform.Csv;

namespace Latchkey.Features.Contacts.Import;

/// <summary>A file of contacts, and of what they rent.</summary>
/// <param name="stream">Seekable. It is closed with the file.</param>
/// <param name="mapping">Header to field, where the header does not say it.</param>
/// <param name="dates">How 03/04/2026 is meant.</param>
internal sealed class CsvContacts(Stream stream, IReadOnlyDictionary<string, ContactField>? mapping = null, DateOrder dates = DateOrder.Unknown)
    : CsvFile<ContactField, ContactRow>(stream, names => ContactHeader.Read(names, mapping ?? new Dictionary<string, ContactField>(StringComparer.Ordinal)))
{
    protected override ContactRow Read(CsvRecord record) => new RowReader(Header, record, dates).Read();
}

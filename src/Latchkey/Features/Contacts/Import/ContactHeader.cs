using Latchkey.Platform.Web;

namespace Latchkey.Features.Contacts.Import;

/// <summary>Which column holds which field.</summary>
internal sealed class ContactHeader
{
    private readonly Dictionary<ContactField, int> columns = [];

    private ContactHeader(string[] names) => Names = names;

    /// <summary>The header line, as the file has it.</summary>
    public string[] Names { get; }

    /// <summary>The column that a former error file brought along, or -1.</summary>
    public int ReasonColumn => columns.GetValueOrDefault(ContactField.Reason, -1);

    public IEnumerable<string> NotUsed => Names.Where((name, i) => name.Length > 0 && !columns.ContainsValue(i));

    public bool Has(ContactField field) => columns.ContainsKey(field);

    public string NameOf(ContactField field) => columns.TryGetValue(field, out int i) ? Names[i] : ContactFields.Synonyms[field][0];

    /// <summary>The trimmed cell, or null when it is empty or the file has no such column.</summary>
    public string? Cell(string[] cells, ContactField field) =>
        columns.TryGetValue(field, out int i) && i < cells.Length && CsvLine.Plain(cells[i].Trim()) is { Length: > 0 } text ? text : null;

    /// <param name="names">The header line.</param>
    /// <param name="mapping">Header to field, for headers that say it in words of their own.</param>
    public static ContactHeader Read(string[] names, IReadOnlyDictionary<string, ContactField> mapping)
    {
        var header = new ContactHeader([.. names.Select(n => n.Trim())]);
        RefuseRepeated(header.Names);
        foreach (string name in mapping.Keys.Where(k => !header.Names.Any(n => FoldedText.Same(n, k))))
            throw new ImportRefusedException($"The file has no column “{name}” to map. Its columns: {string.Join(", ", header.Names)}.");
        for (int i = 0; i < names.Length; i++)
        {
            string name = header.Names[i];
            var mapped = mapping.Where(m => FoldedText.Same(m.Key, name)).Select(m => (ContactField?)m.Value).FirstOrDefault();
            // A column that is mapped by hand stands in for the one whose name would have fitted.
            if (mapped is null && ContactFields.Find(name) is { } found && !mapping.Values.Contains(found)) mapped = found;
            if (mapped is { } field && field != ContactField.Unused) header.Add(field, i);
        }
        header.ReadNomAsLastName();
        header.RefuseWithoutName();
        return header;
    }

    /// <summary>What each column seems to hold, to begin a mapping with; of two that say the same, the first.</summary>
    public static IReadOnlyList<ContactField?> Guess(IReadOnlyList<string> names)
    {
        var header = new ContactHeader([.. names.Select(n => n.Trim())]);
        for (int i = 0; i < names.Count; i++)
            if (ContactFields.Find(names[i]) is { } field) header.columns.TryAdd(field, i);
        header.ReadNomAsLastName();
        return [.. names.Select((_, i) => header.columns.Where(c => c.Value == i).Select(c => (ContactField?)c.Key).FirstOrDefault())];
    }

    private void Add(ContactField field, int column)
    {
        if (!columns.TryAdd(field, column))
            throw new ImportRefusedException($"The columns “{Names[columns[field]]}” and “{Names[column]}” both say {ContactFields.Synonyms[field][0]}. Rename or remove one.");
    }

    /// <exception cref="ImportRefusedException">Two columns have one name: whatever they are mapped to, nobody could tell them apart.</exception>
    public static void RefuseRepeated(IEnumerable<string> names)
    {
        if (names.Where(n => n.Length > 0).GroupBy(n => n, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ImportRefusedException($"The column “{twice.Key}” is there {twice.Count()} times. Rename or remove all but one.");
    }

    /// <summary>Beside “prénom”, “nom” is the last name only.</summary>
    private void ReadNomAsLastName()
    {
        if (Has(ContactField.FirstName) && !Has(ContactField.LastName) && columns.TryGetValue(ContactField.Name, out int i)
            && FoldedText.Of(Names[i]) is "nom" or "name" && columns.Remove(ContactField.Name)) columns[ContactField.LastName] = i;
    }

    private void RefuseWithoutName()
    {
        if (Has(ContactField.Name) || Has(ContactField.LastName) || Has(ContactField.FirstName)) return;
        throw new ImportRefusedException(
            $"The header line has no column for the name. Its columns: {string.Join(", ", Names.Where(n => n.Length > 0))}. Any of these is understood: {string.Join(", ", ContactFields.Synonyms[ContactField.Name])}; or {string.Join(", ", ContactFields.Synonyms[ContactField.FirstName])} with {string.Join(", ", ContactFields.Synonyms[ContactField.LastName])}.");
    }
}

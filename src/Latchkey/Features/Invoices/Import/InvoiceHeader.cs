using Latchkey.Features.Contacts.Import;
using Latchkey.Platform.Web;

namespace Latchkey.Features.Invoices.Import;

/// <summary>Which column of a file of invoices holds which field.</summary>
internal sealed class InvoiceHeader
{
    private readonly Dictionary<InvoiceField, int> columns = [];

    private InvoiceHeader(string[] names) => Names = names;

    public string[] Names { get; }

    /// <summary>The column that a former error file brought along, or -1.</summary>
    public int ReasonColumn => columns.GetValueOrDefault(InvoiceField.Reason, -1);

    public IEnumerable<string> NotUsed => Names.Where((name, i) => name.Length > 0 && !columns.ContainsValue(i));

    public string NameOf(InvoiceField field) => columns.TryGetValue(field, out int i) ? Names[i] : InvoiceFields.Synonyms[field][0];

    /// <summary>The trimmed cell, or null when it is empty or the file has no such column.</summary>
    public string? Cell(string[] cells, InvoiceField field) =>
        columns.TryGetValue(field, out int i) && i < cells.Length && CsvLine.Plain(cells[i].Trim()) is { Length: > 0 } text ? text : null;

    /// <param name="names">The header line.</param>
    /// <param name="mapping">Header to field, for headers that say it in words of their own.</param>
    public static InvoiceHeader Read(string[] names, IReadOnlyDictionary<string, InvoiceField> mapping)
    {
        var header = new InvoiceHeader([.. names.Select(n => n.Trim())]);
        ContactHeader.RefuseRepeated(header.Names);
        foreach (string name in mapping.Keys.Where(k => !header.Names.Any(n => FoldedText.Same(n, k))))
            throw new ImportRefusedException($"The file has no column “{name}” to map. Its columns: {string.Join(", ", header.Names)}.");
        for (int i = 0; i < names.Length; i++)
        {
            var field = mapping.Where(m => FoldedText.Same(m.Key, header.Names[i])).Select(m => (InvoiceField?)m.Value).FirstOrDefault();
            // A column that is mapped by hand stands in for the one whose name would have fitted.
            if (field is null && InvoiceFields.Find(header.Names[i]) is { } found && !mapping.Values.Contains(found)) field = found;
            if (field is { } sure && !header.columns.TryAdd(sure, i))
                throw new ImportRefusedException($"The columns “{header.Names[header.columns[sure]]}” and “{header.Names[i]}” both say {InvoiceFields.Synonyms[sure][0]}. Rename or remove one.");
        }
        foreach (var needed in new[] { InvoiceField.Number, InvoiceField.Issued, InvoiceField.Amount, InvoiceField.State }.Where(f => !header.columns.ContainsKey(f)))
            throw new ImportRefusedException($"The file has no column for the {InvoiceFields.Synonyms[needed][0]}. Its columns: {string.Join(", ", header.Names)}.");
        if (!header.columns.Keys.Any(f => f is InvoiceField.Customer or InvoiceField.CustomerId or InvoiceField.Email))
            throw new ImportRefusedException($"The file has no column for the customer: their e-mail, or their id. Its columns: {string.Join(", ", header.Names)}.");
        return header;
    }
}

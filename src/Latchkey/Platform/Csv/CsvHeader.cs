using Latchkey.Platform.Web;

namespace Latchkey.Platform.Csv;

/// <summary>Which column holds which field.</summary>
internal sealed class CsvHeader<TField>(CsvFields<TField> fields, string[] names) where TField : struct, Enum
{
    private readonly Dictionary<TField, int> columns = [];

    /// <summary>The header line, trimmed.</summary>
    public string[] Names => names;

    /// <summary>The column that a former error file brought along, or -1.</summary>
    public int ReasonColumn => columns.GetValueOrDefault(fields.Reason, -1);

    public IEnumerable<string> NotUsed => Names.Where((name, i) => name.Length > 0 && !columns.ContainsValue(i));

    public bool Has(TField field) => columns.ContainsKey(field);

    public string NameOf(TField field) => columns.TryGetValue(field, out int i) ? Names[i] : fields.NameOf(field);

    /// <summary>The trimmed cell, or null when it is empty or the file has no such column.</summary>
    public string? Cell(string[] cells, TField field) =>
        columns.TryGetValue(field, out int i) && i < cells.Length && CsvLine.Plain(cells[i].Trim()) is { Length: > 0 } text ? text : null;

    /// <param name="mapping">Header to field, for headers that say it in words of their own.</param>
    /// <param name="unused">The field of a column that somebody said to leave out.</param>
    public CsvHeader<TField> Read(IReadOnlyDictionary<string, TField> mapping, TField? unused = null)
    {
        foreach (string name in mapping.Keys.Where(k => !Names.Any(n => FoldedText.Same(n, k))))
            throw new ImportRefusedException($"The file has no column “{name}” to map. Its columns: {string.Join(", ", Names)}.");
        for (int i = 0; i < Names.Length; i++)
        {
            string name = Names[i];
            var mapped = mapping.Where(m => FoldedText.Same(m.Key, name)).Select(m => (TField?)m.Value).FirstOrDefault();
            // A column that is mapped by hand stands in for the one whose name would have fitted.
            if (mapped is null && fields.Find(name) is { } found && !mapping.Values.Contains(found)) mapped = found;
            if (mapped is { } field && !field.Equals(unused) && !columns.TryAdd(field, i))
                throw new ImportRefusedException($"The columns “{Names[columns[field]]}” and “{name}” both say {fields.NameOf(field)}. Rename or remove one.");
        }
        return this;
    }

    /// <summary>What each column seems to hold, to begin a mapping with; of two that say the same, the first.</summary>
    public CsvHeader<TField> Guess()
    {
        for (int i = 0; i < Names.Length; i++)
            if (fields.Find(Names[i]) is { } field) columns.TryAdd(field, i);
        return this;
    }

    /// <summary>The field of each column, in their order.</summary>
    public IReadOnlyList<TField?> Fields => [.. Names.Select((_, i) => columns.Where(c => c.Value == i).Select(c => (TField?)c.Key).FirstOrDefault())];

    /// <summary>The column of one field turns out to hold the other.</summary>
    public void Rename(TField from, TField to)
    {
        if (columns.Remove(from, out int i)) columns[to] = i;
    }
}

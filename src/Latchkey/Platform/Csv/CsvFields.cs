namespace Latchkey.Platform.Csv;

/// <summary>The headers by which the fields of one kind of file are known.</summary>
/// <param name="synonyms">Of each field; the first is its name in messages.</param>
/// <param name="reason">The last column of an error file: read over.</param>
internal sealed class CsvFields<TField>(IReadOnlyDictionary<TField, string[]> synonyms, TField reason) where TField : struct, Enum
{
    private readonly Dictionary<string, TField> byFolded = FoldedText.Meanings(synonyms);

    public TField Reason => reason;

    public IEnumerable<string> Names => synonyms.Values.Select(s => s[0]);

    public string NameOf(TField field) => synonyms[field][0];

    /// <summary>All headers by which a field is known, as a person would read them.</summary>
    public string Of(TField field) => string.Join(", ", synonyms[field]);

    public TField? Find(string header) => byFolded.TryGetValue(FoldedText.Of(header), out var field) ? field : null;
}

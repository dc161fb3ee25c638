namespace Latchkey.Platform.Csv;

/// <summary>What can be wrong with a record whatever its columns mean.</summary>
internal static class RecordShape
{
    public static IEnumerable<RowProblem> Check(CsvRecord record, int columns)
    {
        if (record.HasStrayQuote) yield return new(null, $"A quotation mark stands inside a field. Put the field in quotation marks and double those inside.");
        if (record.Cells.Skip(columns).FirstOrDefault(c => !string.IsNullOrWhiteSpace(c)) is { } extra)
            yield return new(null, $"The row has more fields than the header has columns, such as “{Shown(extra)}”. Put fields that contain the delimiter in quotation marks.");
        // A NUL cannot be stored, and no spreadsheet writes one.
        if (record.Cells.Any(c => c.Contains('\0', StringComparison.Ordinal))) yield return new(null, $"The row contains a NUL character.");
    }

    public static string Shown(string text) => text.Length > 60 ? $"{text[..60]}…" : text;
}

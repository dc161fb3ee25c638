using Latchkey.SignIn;

namespace Latchkey.Platform.Csv;

/// <summary>Reads and checks the cells of one record, and keeps what is wrong with them.</summary>
internal sealed class CellReader<TField>(CsvHeader<TField> header, CsvRecord record, DateOrder dates) where TField : struct, Enum
{
    /// <returns>What is wrong with it, or null.</returns>
    public delegate FormattableString? Check<T>(string text, out T value);

    public List<RowProblem> Problems { get; } = [.. RecordShape.Check(record, header.Names.Length)];

    public string? Text(TField field, int most) => Checked(field, (string typed, out string? text) => PlainText.Check(typed, most, out text));

    public DateOnly? Date(TField field) => Checked(field, (string text, out DateOnly? date) => DateText.Check(text, dates, out date));

    public PriceText? Price(TField field) => Checked(field, (string text, out PriceText? price) => PriceText.Check(text, out price));

    public EmailAddress? Email(TField field, string? text)
    {
        if (text is null) return null;
        if (!EmailAddress.TryRead(text, out var address)) Problem(field, $"“{RecordShape.Shown(text)}” is not one plain address.");
        return address;
    }

    public string? Currency(TField field)
    {
        if (Text(field, 40) is not { } text) return null;
        if (text.Length == 3 && text.All(char.IsAsciiLetter)) return text.ToUpperInvariant();
        Problem(field, $"“{text}” is not a currency's code, such as USD.");
        return null;
    }

    public string? Cell(TField field) => header.Cell(record.Cells, field);

    public T? Checked<T>(TField field, Check<T?> check)
    {
        if (Cell(field) is not { } text) return default;
        if (check(text, out var value) is not { } problem) return value;
        Problem(field, problem);
        return default;
    }

    /// <summary>Notes that there is nothing in a cell where there must be something.</summary>
    public void Need(TField field)
    {
        if (Cell(field) is null) Problem(field, $"is missing.");
    }

    public void Problem(TField field, FormattableString text) => Problems.Add(new(header.NameOf(field), text));
}

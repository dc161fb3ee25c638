namespace Latchkey.Platform.Csv;

/// <summary>One row of a file, checked as far as that goes without the database.</summary>
internal abstract record CsvRow
{
    public required int Line { get; init; }
    /// <summary>As the file has them: they go to the error file unchanged.</summary>
    public required string[] Cells { get; init; }
    /// <summary>In the order of the columns; a row with any is not imported.</summary>
    public IReadOnlyList<RowProblem> Problems { get; init; } = [];
}

/// <param name="Column">The header of the cell it is about; null: the row as a whole.</param>
/// <param name="Text">In English; the console has its French.</param>
internal sealed record RowProblem(string? Column, FormattableString Text)
{
    public override string ToString() => Column is null ? FormattableString.Invariant(Text) : $"{Column}: {FormattableString.Invariant(Text)}";
}

internal sealed record BadRow(CsvRow Row, IReadOnlyList<RowProblem> Problems);

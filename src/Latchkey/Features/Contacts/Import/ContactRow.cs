using Latchkey.SignIn;

namespace Latchkey.Features.Contacts.Import;

/// <summary>One row of the file, checked as far as that goes without the database.</summary>
internal sealed record ContactRow
{
    public required int Line { get; init; }
    /// <summary>As the file has them: they go to the error file unchanged.</summary>
    public required string[] Cells { get; init; }
    public string? ExternalId { get; init; }
    public string FullName { get; init; } = "";
    public EmailAddress? Email { get; init; }
    public string? Phone { get; init; }
    public string? Locale { get; init; }
    public string? Facility { get; init; }
    public string? Unit { get; init; }
    public string? UnitType { get; init; }
    public string? Plan { get; init; }
    public PriceText? Price { get; init; }
    public string? Currency { get; init; }
    public DateOnly? StartDate { get; init; }
    public string? PasswordHash { get; init; }
    /// <summary>In the order of the columns; a row with any is not imported.</summary>
    public IReadOnlyList<RowProblem> Problems { get; init; } = [];
}

/// <param name="Column">The header of the cell it is about; null: the row as a whole.</param>
/// <param name="Text">In English; the console has its French.</param>
internal sealed record RowProblem(string? Column, FormattableString Text)
{
    public override string ToString() => Column is null ? FormattableString.Invariant(Text) : $"{Column}: {FormattableString.Invariant(Text)}";
}

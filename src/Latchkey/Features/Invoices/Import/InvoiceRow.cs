using Latchkey.Features.Contacts.Import;
using Latchkey.SignIn;

namespace Latchkey.Features.Invoices.Import;

/// <summary>One row of a file of invoices, checked as far as that goes without the database.</summary>
internal sealed record InvoiceRow
{
    /// <summary>As the file has them: they go to the error file unchanged.</summary>
    public required string[] Cells { get; init; }
    public string? CustomerId { get; init; }
    public EmailAddress? Email { get; init; }
    /// <summary>In the system the file is from.</summary>
    public string Number { get; init; } = "";
    public DateOnly Issued { get; init; }
    public DateOnly Due { get; init; }
    public string? Description { get; init; }
    public PriceText? Amount { get; init; }
    public PriceText? Tax { get; init; }
    public string? Currency { get; init; }
    /// <summary>pending, paid or void.</summary>
    public string State { get; init; } = "";
    public DateOnly? PaidOn { get; init; }
    /// <summary>A row with any is not imported.</summary>
    public IReadOnlyList<RowProblem> Problems { get; init; } = [];
}

using Latchkey.Platform.Csv;
using Latchkey.SignIn;

namespace Latchkey.Features.Invoices.Import;

/// <summary>One row of a file of invoices.</summary>
internal sealed record InvoiceRow : CsvRow
{
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
}

using Latchkey.Platform.Csv;
using Latchkey.SignIn;

namespace Latchkey.Features.Contacts.Import;

/// <summary>One row of a file of contacts.</summary>
internal sealed record ContactRow : CsvRow
{
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
}

using Latchkey.Features.Passwords;
using Latchkey.Platform.Csv;

namespace Latchkey.Features.Contacts.Import;

/// <summary>Reads and checks one record of a file of contacts.</summary>
internal sealed class RowReader(CsvHeader<ContactField> header, CsvRecord record, DateOrder dates)
{
    private readonly CellReader<ContactField> cells = new(header, record, dates);

    public ContactRow Read() => new ContactRow
    {
        Line = record.Line,
        Cells = record.Cells,
        FullName = FullName(),
        Email = cells.Email(ContactField.Email, cells.Cell(ContactField.Email)),
        Phone = Phone(),
        ExternalId = cells.Text(ContactField.ExternalId, 100),
        Locale = Locale(),
        Facility = cells.Text(ContactField.Facility, 100),
        Unit = cells.Text(ContactField.Unit, 50),
        UnitType = cells.Text(ContactField.UnitType, 100),
        Plan = cells.Text(ContactField.Plan, 200),
        Price = cells.Price(ContactField.Price),
        Currency = cells.Currency(ContactField.Currency),
        StartDate = cells.Date(ContactField.StartDate),
        PasswordHash = cells.Checked(ContactField.PasswordHash, (string text, out string? hash) => ImportedHash.Check(text, out hash)),
        Problems = cells.Problems,
    };

    private string FullName()
    {
        string? whole = cells.Text(ContactField.Name, 200);
        string?[] parts = whole is null ? [cells.Text(ContactField.FirstName, 200), cells.Text(ContactField.LastName, 200)] : [whole];
        string name = string.Join(' ', parts.Where(p => p is not null));
        var field = header.Has(ContactField.Name) ? ContactField.Name : ContactField.LastName;
        if (name.Length == 0 && cells.Problems.Count == 0) cells.Problem(field, $"is missing.");
        if (name.Length > 200) cells.Problem(field, $"is longer than {200} characters.");
        return name;
    }

    private string? Phone()
    {
        string? text = cells.Text(ContactField.Phone, 40);
        if (text is not null && text.Count(char.IsAsciiDigit) < 3) cells.Problem(ContactField.Phone, $"“{text}” is not a phone number.");
        return text;
    }

    private string? Locale()
    {
        if (cells.Text(ContactField.Locale, 40) is not { } text) return null;
        string? locale = FoldedText.Of(text) switch
        {
            "en" or "english" or "anglais" or "enus" or "engb" or "enca" => "en",
            "fr" or "french" or "francais" or "frfr" or "frca" => "fr",
            _ => null,
        };
        if (locale is null) cells.Problem(ContactField.Locale, $"“{text}” is neither English (en) nor French (fr).");
        return locale;
    }
}

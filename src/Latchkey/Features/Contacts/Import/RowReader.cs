using Latchkey.Features.Passwords;
using Latchkey.SignIn;

namespace Latchkey.Features.Contacts.Import;

/// <summary>Reads and checks the cells of one record.</summary>
internal sealed class RowReader(ContactHeader header, CsvRecord record, DateOrder dates)
{
    private readonly List<RowProblem> problems = [];

    public ContactRow Read()
    {
        problems.AddRange(RecordShape.Check(record, header.Names.Length));
        var row = new ContactRow
        {
            Line = record.Line,
            Cells = record.Cells,
            FullName = FullName(),
            Email = Email(),
            Phone = Phone(),
            ExternalId = Text(ContactField.ExternalId, 100),
            Locale = Locale(),
            Facility = Text(ContactField.Facility, 100),
            Unit = Text(ContactField.Unit, 50),
            UnitType = Text(ContactField.UnitType, 100),
            Plan = Text(ContactField.Plan, 200),
            Price = Checked(ContactField.Price, (string text, out PriceText? price) => PriceText.Check(text, out price)),
            Currency = Currency(),
            StartDate = Checked(ContactField.StartDate, (string text, out DateOnly? date) => DateText.Check(text, dates, out date)),
            PasswordHash = Checked(ContactField.PasswordHash, (string text, out string? hash) => ImportedHash.Check(text, out hash)),
        };
        return row with { Problems = problems };
    }

    private string FullName()
    {
        string? whole = Text(ContactField.Name, 200);
        string?[] parts = whole is null ? [Text(ContactField.FirstName, 200), Text(ContactField.LastName, 200)] : [whole];
        string name = string.Join(' ', parts.Where(p => p is not null));
        var field = header.Has(ContactField.Name) ? ContactField.Name : ContactField.LastName;
        if (name.Length == 0 && problems.Count == 0) Problem(field, $"is missing.");
        if (name.Length > 200) Problem(field, $"is longer than {200} characters.");
        return name;
    }

    private EmailAddress? Email()
    {
        if (header.Cell(record.Cells, ContactField.Email) is not { } text) return null;
        if (!EmailAddress.TryRead(text, out var address)) Problem(ContactField.Email, $"“{RecordShape.Shown(text)}” is not one plain address.");
        return address;
    }

    private string? Phone()
    {
        string? text = Text(ContactField.Phone, 40);
        if (text is not null && text.Count(char.IsAsciiDigit) < 3) Problem(ContactField.Phone, $"“{text}” is not a phone number.");
        return text;
    }

    private string? Locale()
    {
        if (Text(ContactField.Locale, 40) is not { } text) return null;
        string? locale = FoldedText.Of(text) switch
        {
            "en" or "english" or "anglais" or "enus" or "engb" or "enca" => "en",
            "fr" or "french" or "francais" or "frfr" or "frca" => "fr",
            _ => null,
        };
        if (locale is null) Problem(ContactField.Locale, $"“{text}” is neither English (en) nor French (fr).");
        return locale;
    }

    private string? Currency()
    {
        if (Text(ContactField.Currency, 40) is not { } text) return null;
        if (text.Length == 3 && text.All(char.IsAsciiLetter)) return text.ToUpperInvariant();
        Problem(ContactField.Currency, $"“{text}” is not a currency's code, such as USD.");
        return null;
    }

    private string? Text(ContactField field, int most) => Checked(field, (string typed, out string? text) => PlainText.Check(typed, most, out text));

    private delegate FormattableString? Check<T>(string text, out T value);

    private T? Checked<T>(ContactField field, Check<T?> check)
    {
        if (header.Cell(record.Cells, field) is not { } text) return default;
        if (check(text, out var value) is not { } problem) return value;
        Problem(field, problem);
        return default;
    }

    private void Problem(ContactField field, FormattableString text) => problems.Add(new(header.NameOf(field), text));
}

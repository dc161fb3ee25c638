using Latchkey.Features.Contacts.Import;
using Latchkey.SignIn;

namespace Latchkey.Features.Invoices.Import;

/// <summary>Reads and checks the cells of one record.</summary>
internal sealed class InvoiceRowReader(InvoiceHeader header, CsvRecord record, DateOrder dates)
{
    private readonly List<RowProblem> problems = [];

    public InvoiceRow Read()
    {
        problems.AddRange(RecordShape.Check(record, header.Names.Length));
        var customer = Text(InvoiceField.Customer, 254);
        var issued = Date(InvoiceField.Issued, needed: true);
        var row = new InvoiceRow
        {
            Cells = record.Cells,
            CustomerId = Text(InvoiceField.CustomerId, 100) ?? (customer?.Contains('@', StringComparison.Ordinal) == false ? customer : null),
            Email = Email(Text(InvoiceField.Email, 254) ?? (customer?.Contains('@', StringComparison.Ordinal) == true ? customer : null)),
            Number = Needed(InvoiceField.Number, 60),
            Issued = issued ?? default,
            Due = Date(InvoiceField.Due) ?? issued ?? default,
            Description = Text(InvoiceField.Description, 200),
            Amount = Price(InvoiceField.Amount, needed: true),
            Tax = Price(InvoiceField.Tax),
            Currency = Currency(),
            State = State(),
            PaidOn = Date(InvoiceField.PaidOn),
        };
        if (row is { CustomerId: null, Email: null } && problems.Count == 0) problems.Add(new(null, $"The customer is missing: their e-mail, or their id."));
        if (row.Tax?.Amount > row.Amount?.Amount) Problem(InvoiceField.Tax, $"is more than the amount. The amount is with tax.");
        return row with { Problems = problems };
    }

    private EmailAddress? Email(string? text)
    {
        if (text is null) return null;
        if (EmailAddress.TryRead(text, out var address)) return address;
        Problem(InvoiceField.Email, $"“{RecordShape.Shown(text)}” is not one plain address.");
        return null;
    }

    private string? Currency()
    {
        if (Text(InvoiceField.Currency, 40) is not { } text) return null;
        if (text.Length == 3 && text.All(char.IsAsciiLetter)) return text.ToUpperInvariant();
        Problem(InvoiceField.Currency, $"“{text}” is not a currency's code, such as USD.");
        return null;
    }

    private string State()
    {
        string text = Needed(InvoiceField.State, 40);
        string state = InvoiceFields.StateOf(text) ?? "";
        if (text.Length > 0 && state.Length == 0) Problem(InvoiceField.State, $"“{text}” is none of open, paid and void.");
        return state;
    }

    private string Needed(InvoiceField field, int most)
    {
        if (Text(field, most) is { } text) return text;
        if (header.Cell(record.Cells, field) is null) Problem(field, $"is missing.");
        return "";
    }

    private string? Text(InvoiceField field, int most)
    {
        if (header.Cell(record.Cells, field) is not { } typed) return null;
        if (PlainText.Check(typed, most, out string text) is not { } problem) return text;
        Problem(field, problem);
        return null;
    }

    private DateOnly? Date(InvoiceField field, bool needed = false)
    {
        DateOnly? date = null;
        if (header.Cell(record.Cells, field) is not { } text)
        {
            if (needed) Problem(field, $"is missing.");
        }
        else if (DateText.Check(text, dates, out date) is { } problem) Problem(field, problem);
        return date;
    }

    private PriceText? Price(InvoiceField field, bool needed = false)
    {
        PriceText? price = null;
        if (header.Cell(record.Cells, field) is not { } text)
        {
            if (needed) Problem(field, $"is missing.");
        }
        else if (PriceText.Check(text, out price) is { } problem) Problem(field, problem);
        return price;
    }

    private void Problem(InvoiceField field, FormattableString text) => problems.Add(new(header.NameOf(field), text));
}

using Latchkey.Platform.Csv;

namespace Latchkey.Features.Invoices.Import;

/// <summary>A file of invoices.</summary>
/// <param name="stream">Seekable. It is closed with the file.</param>
/// <param name="mapping">Header to field, where the header does not say it.</param>
/// <param name="dates">How 03/04/2026 is meant.</param>
internal sealed class CsvInvoices(Stream stream, IReadOnlyDictionary<string, InvoiceField> mapping, DateOrder dates)
    : CsvFile<InvoiceField, InvoiceRow>(stream, names => HeaderOf(names, mapping))
{
    protected override InvoiceRow Read(CsvRecord record)
    {
        var cells = new CellReader<InvoiceField>(Header, record, dates);
        string? customer = cells.Text(InvoiceField.Customer, 254);
        bool isAddress = customer?.Contains('@', StringComparison.Ordinal) == true;
        var issued = cells.Date(InvoiceField.Issued);
        cells.Need(InvoiceField.Issued);
        var row = new InvoiceRow
        {
            Line = record.Line,
            Cells = record.Cells,
            CustomerId = cells.Text(InvoiceField.CustomerId, 100) ?? (isAddress ? null : customer),
            Email = cells.Email(InvoiceField.Email, cells.Text(InvoiceField.Email, 254) ?? (isAddress ? customer : null)),
            Number = Needed(cells, InvoiceField.Number, 60),
            Issued = issued ?? default,
            Due = cells.Date(InvoiceField.Due) ?? issued ?? default,
            Description = cells.Text(InvoiceField.Description, 200),
            Amount = cells.Price(InvoiceField.Amount),
            Tax = cells.Price(InvoiceField.Tax),
            Currency = cells.Currency(InvoiceField.Currency),
            State = State(cells),
            PaidOn = cells.Date(InvoiceField.PaidOn),
            Problems = cells.Problems,
        };
        cells.Need(InvoiceField.Amount);
        if (row is { CustomerId: null, Email: null } && cells.Problems.Count == 0) cells.Problems.Add(new(null, $"The customer is missing: their e-mail, or their id."));
        if (row.Tax?.Amount > row.Amount?.Amount) cells.Problem(InvoiceField.Tax, $"is more than the amount. The amount is with tax.");
        return row;
    }

    private static string State(CellReader<InvoiceField> cells)
    {
        string text = Needed(cells, InvoiceField.State, 40);
        string state = InvoiceFields.StateOf(text) ?? "";
        if (text.Length > 0 && state.Length == 0) cells.Problem(InvoiceField.State, $"“{text}” is none of open, paid and void.");
        return state;
    }

    private static string Needed(CellReader<InvoiceField> cells, InvoiceField field, int most)
    {
        cells.Need(field);
        return cells.Text(field, most) ?? "";
    }

    private static CsvHeader<InvoiceField> HeaderOf(string[] names, IReadOnlyDictionary<string, InvoiceField> mapping)
    {
        var header = new CsvHeader<InvoiceField>(InvoiceFields.Headers, names).Read(mapping);
        foreach (var needed in new[] { InvoiceField.Number, InvoiceField.Issued, InvoiceField.Amount, InvoiceField.State }.Where(f => !header.Has(f)))
            throw new ImportRefusedException($"The file has no column for the {InvoiceFields.Headers.NameOf(needed)}. Its columns: {string.Join(", ", names)}.");
        if (!header.Has(InvoiceField.Customer) && !header.Has(InvoiceField.CustomerId) && !header.Has(InvoiceField.Email))
            throw new ImportRefusedException($"The file has no column for the customer: their e-mail, or their id. Its columns: {string.Join(", ", names)}.");
        return header;
    }
}

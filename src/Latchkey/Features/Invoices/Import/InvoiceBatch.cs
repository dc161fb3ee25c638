using Latchkey.Platform;
using Latchkey.Platform.Csv;
using Latchkey.Platform.Data;

namespace Latchkey.Features.Invoices.Import;

/// <summary>Plans some rows on what the database knows: each is new, here already, or bad.</summary>
internal sealed class InvoiceBatch(CsvHeader<InvoiceField> header, string? currency, DateTimeOffset now)
{
    public required ILookup<string, Guid> ByExternalId { get; init; }
    public required ILookup<string, Guid> ByEmail { get; init; }

    /// <summary>By the number in the system the file is from.</summary>
    public Dictionary<string, KnownInvoice> Known { get; } = new(StringComparer.Ordinal);

    public List<ImportedInvoice> New { get; } = [];

    public List<BadRow> Bad { get; } = [];

    public void Plan(InvoiceRow row)
    {
        if (row.Problems.Count > 0) Bad.Add(new BadRow(row, row.Problems));
        else if (Take(row) is { } problem) Bad.Add(new BadRow(row, [problem]));
    }

    private RowProblem? Take(InvoiceRow row)
    {
        if (Customer(row, out var contact) is { } unknown) return unknown;
        if ((row.Currency ?? row.Amount!.Currency ?? currency) is not { } code) return About(InvoiceField.Currency, $"is missing: add the column, or name the currency of the whole import.");
        if (Money.OfMajor(row.Amount!.Amount, code) is not { } total || Money.OfMajor(row.Tax?.Amount ?? 0, code) is not { } tax) return About(InvoiceField.Amount, $"has more decimals than {code}.");
        if (total.Minor > CreateInvoice.MostTotal) return About(InvoiceField.Amount, $"is more than can be asked for at once.");
        // What became of it here stays as it is, whatever the file says now; but another invoice under its number is a mistake.
        if (Known.TryGetValue(row.Number, out var known))
            return known.ContactId == contact && known.Total == total.Minor && known.Currency == code ? null : About(InvoiceField.Number, $"{row.Number} is here already, with another customer or amount.");
        Known[row.Number] = new KnownInvoice { Reference = row.Number, ContactId = contact, Total = total.Minor, Currency = code };
        long net = total.Minor - tax.Minor;
        string state = row.State == "pending" && total.Minor == 0 ? "paid" : row.State;
        New.Add(new ImportedInvoice(
            Guid.CreateVersion7(now), contact, row.Number, row.Description ?? row.Number, code, net, tax.Minor, total.Minor, RateOf(net, tax.Minor), state, IsoDay.Of(row.Issued), IsoDay.Of(row.Due))
        {
            PaidAt = row is { State: "paid", PaidOn: { } paidOn } ? new DateTimeOffset(paidOn.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) : null,
            VoidedAt = row.State == "void" ? now : null,
        });
        return null;
    }

    private RowProblem? Customer(InvoiceRow row, out Guid contact)
    {
        contact = Guid.Empty;
        var found = (row.CustomerId is { } id ? ByExternalId[id] : ByEmail[row.Email!.Value]).Distinct().ToList();
        if (found is [var only]) contact = only;
        else if (found.Count > 1) return About(InvoiceField.Email, $"is that of {found.Count} customers. Give the customer's id.");
        else if (row.CustomerId is not null) return About(InvoiceField.CustomerId, $"{row.CustomerId} is not known. Import the contacts first.");
        else return About(InvoiceField.Email, $"{row.Email!.Value} is no customer's. Import the contacts first.");
        return null;
    }

    /// <summary>The roundest rate that makes the tax, in thousandths of a percent: the file has only the sum.</summary>
    private static int RateOf(long net, long tax)
    {
        if (net <= 0 || tax == 0) return 0;
        foreach (int step in new[] { 1000, 500, 250, 100, 25, 5, 1 })
        {
            int rate = (int)Math.Min(int.MaxValue, Math.Round(tax * 100_000m / net / step) * step);
            if (new NewLine("", 1, net, rate).Tax == tax) return rate;
        }
        return (int)Math.Min(int.MaxValue, Math.Round(tax * 100_000m / net));
    }

    private RowProblem About(InvoiceField field, FormattableString text) => new(header.NameOf(field), text);
}

/// <summary>Named as the tables' columns.</summary>
/// <param name="State">pending, paid or void.</param>
internal sealed record ImportedInvoice(
    Guid Id, Guid ContactId, string Reference, string Description, string Currency, long Subtotal, long Tax, long Total, int TaxRate, string State, string IssuedOn, string DueOn)
{
    /// <summary>Below zero: it has none of ours.</summary>
    public long Number { get; init; }
    public DateTimeOffset? PaidAt { get; init; }
    public DateTimeOffset? VoidedAt { get; init; }
}

/// <summary>An invoice that is here already.</summary>
internal sealed record KnownInvoice
{
    public required string Reference { get; init; }
    public required Guid ContactId { get; init; }
    public required long Total { get; init; }
    public required string Currency { get; init; }
}

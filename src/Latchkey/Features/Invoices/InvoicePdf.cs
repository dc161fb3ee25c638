using Latchkey.Platform;
using Latchkey.Platform.Data;
using Latchkey.Platform.Web;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Invoices;

/// <summary>An invoice as a PDF, in the current language.</summary>
public static class InvoicePdf
{
    private const double Left = PdfText.Margin, Right = PdfText.Width - PdfText.Margin, Quantity = 360, Each = 450;

    public static byte[] Write(IStringLocalizer<Texts> l, WholeInvoice whole, string business, DateOnly today)
    {
        var (invoice, page) = (whole.Invoice, new PdfText());
        page.Write(Left, business, 12, bold: true);
        page.Down(34);
        page.Write(Left, l["Invoice {0}", invoice.Name], 20, bold: true);
        page.WriteRight(Right, InvoiceWords.Chip(l, invoice, today).Word, 12);
        page.Down(28);
        Fact(page, l["For"], invoice.FullName ?? "");
        Fact(page, l["Date"], Dates.Day(invoice.Issued));
        Fact(page, l["Due"], Dates.Day(invoice.Due));
        if (invoice is { PeriodStart: { } from, PeriodEnd: { } to }) Fact(page, l["Period"], l["{0} to {1}", Dates.Day(IsoDay.Read(from)), Dates.Day(IsoDay.Read(to))]);
        if (invoice.PaidAt is { } paidAt) Fact(page, l["Paid"], $"{Dates.Day(DateOnly.FromDateTime(paidAt.UtcDateTime))}{(invoice.PaidBy is { } by ? $", {InvoiceWords.PaidBy(l, by)}" : "")}");
        page.Down(18);
        Row(page, l["Description"], l["Quantity"], l["Price each"], l["Amount"], bold: true);
        page.Rule();
        page.Down(20);
        foreach (var line in whole.Lines)
        {
            var words = PdfText.Wrap(line.Description, Quantity - Left - 60).ToList();
            Row(page, words[0], $"{line.Quantity}", $"{new Money(line.Amount, invoice.Currency)}", $"{new Money(line.Net, invoice.Currency)}");
            foreach (string more in words.Skip(1))
            {
                page.Down(14);
                page.Write(Left, more);
            }
            page.Down(18);
        }
        page.Rule();
        page.Down(20);
        Sum(page, l["Subtotal"], new Money(invoice.Subtotal, invoice.Currency));
        foreach (var tax in whole.Lines.Where(line => line.TaxRate > 0).GroupBy(line => line.TaxRate)) Sum(page, l["Tax {0}", InvoiceWords.Rate(tax.Key)], new Money(tax.Sum(line => line.Tax), invoice.Currency));
        Sum(page, l["Total"], invoice.Sum, bold: true);
        if (invoice.Refunded > 0) Sum(page, l["Refunded"], new Money(invoice.Refunded, invoice.Currency));
        return page.ToBytes($"{l["Invoice {0}", invoice.Name]}, {business}");
    }

    private static void Fact(PdfText page, string name, string value)
    {
        page.Write(Left, name);
        page.Write(Left + 90, value);
        page.Down(16);
    }

    private static void Row(PdfText page, string what, string quantity, string each, string amount, bool bold = false)
    {
        page.Write(Left, what, bold: bold);
        page.WriteRight(Quantity, quantity, bold: bold);
        page.WriteRight(Each, each, bold: bold);
        page.WriteRight(Right, amount, bold: bold);
    }

    private static void Sum(PdfText page, string name, Money sum, bool bold = false)
    {
        page.WriteRight(Each, name, bold: bold);
        page.WriteRight(Right, $"{sum}", bold: bold);
        page.Down(16);
    }
}

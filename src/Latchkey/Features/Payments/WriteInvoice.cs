using Latchkey.Features.Invoices;
using Latchkey.Platform.Data;

namespace Latchkey.Features.Payments;

/// <summary>Writes an invoice by hand, and mails it if wanted.</summary>
public sealed class WriteInvoice(Database database, CreateInvoice createInvoice, ReadInvoices readInvoices, SendInvoice sendInvoice)
{
    /// <returns>The invoice; null when it asks for less than nothing, or for more than can be paid at once.</returns>
    public async Task<Guid?> RunAsync(NewInvoice invoice, bool send, CancellationToken cancel)
    {
        decimal total = invoice.Lines.Sum(l => (decimal)l.Quantity * l.Amount * (1 + l.TaxRate / 100_000m));
        if (invoice.Lines.Count is 0 or > CreateInvoice.MostLines || total is < 0 or > CreateInvoice.MostTotal - 100) return null;
        var made = await database.WriteAsync(t => createInvoice.InTransactionAsync(t, invoice), cancel);
        if (send && await readInvoices.OneAsync(invoice.OrganizationId, made.Id, cancel) is { } whole) await sendInvoice.RunAsync(invoice.OrganizationId, whole.Invoice, invoice.Staff);
        return made.Id;
    }
}

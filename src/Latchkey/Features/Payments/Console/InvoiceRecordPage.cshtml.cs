using System.Globalization;
using Latchkey.Features.Invoices;
using Latchkey.Platform;
using Latchkey.Platform.Staff;
using Latchkey.Platform.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Payments.Console;

/// <summary>One invoice, its payments, and what staff can do about it.</summary>
public sealed class InvoiceRecordPageModel(
    ReadInvoices readInvoices, ListPayments listPayments, RecordPayment recordPayment, RefundInvoice refundInvoice, VoidInvoice voidInvoice, SendInvoice sendInvoice, IStringLocalizer<Texts> l) : PageModel
{
    public WholeInvoice Whole { get; private set; } = null!;
    public IReadOnlyList<ListedPayment> Payments { get; private set; } = [];
    public IReadOnlyList<ListedRefund> Refunds { get; private set; } = [];
    public string? Problem { get; private set; }
    public DateOnly Today => readInvoices.Today;
    public bool MayAct => HttpContext.Staff().May(Permission.Act);
    public bool IsRefundable => Whole.Invoice is { State: InvoiceState.Paid, Total: > 0 } paid && paid.Refunded < paid.Total;

    public string? Notice => Request.Query["done"].ToString() switch
    {
        "sent" => l["The invoice is on its way to the customer."].Value,
        "paid" => l["The payment is recorded. The customer gets a receipt."].Value,
        "refund" => l["The refund is on its way."].Value,
        "void" => l["The invoice is void."].Value,
        _ => null,
    };

    private Guid Organization => HttpContext.Staff().OrganizationId;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel) => await LoadAsync(id, cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnGetPdfAsync(Guid id, CancellationToken cancel) => await readInvoices.OneAsync(Organization, id, cancel) is { } whole
        ? File(InvoicePdf.Write(l, whole, HttpContext.Staff().Organization, Today), "application/pdf", whole.Invoice.PdfName) : NotFound();

    public Task<IActionResult> OnPostSendAsync(Guid id, CancellationToken cancel) => DoAsync(id, "sent", l["It can be sent while it is due, to a customer who has an address."],
        _ => sendInvoice.RunAsync(Organization, Whole.Invoice, HttpContext.Staff().Name), cancel);

    public Task<IActionResult> OnPostPaidAsync(Guid id, CancellationToken cancel) => DoAsync(id, "paid", l["It is not due any more, or a payment of it is under way."], async form =>
        RecordPayment.Ways.FirstOrDefault(w => w == form["way"]) is { } way && await recordPayment.RunAsync(Organization, Whole.Invoice, way, HttpContext.Staff().Name, cancel), cancel);

    public Task<IActionResult> OnPostRefundAsync(Guid id, CancellationToken cancel) => DoAsync(id, "refund", l["So much can't be given back. Write an amount that was paid and not refunded yet, and a reason."], async form =>
    {
        var (typed, reason) = (form["amount"].ToString().Trim(), form["reason"].ToString().Replace("\0", "", StringComparison.Ordinal).Trim());
        if (reason.Length is 0 or > 200) return false;
        if (typed.Length == 0) return await refundInvoice.RunAsync(Organization, Whole.Invoice, null, reason, HttpContext.Staff().Name);
        return decimal.TryParse(typed.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal major) && major < 1_000_000
            && Money.OfMajor(major, Whole.Invoice.Currency) is { } amount && await refundInvoice.RunAsync(Organization, Whole.Invoice, amount.Minor, reason, HttpContext.Staff().Name);
    }, cancel);

    public Task<IActionResult> OnPostVoidAsync(Guid id, CancellationToken cancel) => DoAsync(id, "void", l["It is not due any more, or a payment of it is under way."],
        _ => voidInvoice.RunAsync(Organization, id, HttpContext.Staff().Name, cancel), cancel);

    private async Task<IActionResult> DoAsync(Guid id, string done, string problem, Func<IFormCollection, Task<bool>> act, CancellationToken cancel)
    {
        var form = await Request.ReadPlainFormAsync(cancel);
        if (!await LoadAsync(id, cancel)) return NotFound();
        if (await act(form)) return Redirect($"/console/invoices/{id}?done={done}");
        (Problem, Response.StatusCode) = (problem, StatusCodes.Status409Conflict);
        return await LoadAsync(id, cancel) ? Page() : NotFound();
    }

    private async Task<bool> LoadAsync(Guid id, CancellationToken cancel)
    {
        if (await readInvoices.OneAsync(Organization, id, cancel) is not { } whole) return false;
        (Whole, Payments, Refunds) = (whole, await listPayments.OfInvoiceAsync(Organization, id, cancel), await listPayments.RefundsAsync(Organization, id, cancel));
        return true;
    }
}

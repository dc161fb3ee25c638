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
    ReadInvoices readInvoices, ListPayments listPayments, RecordPayment recordPayment, RefundInvoice refundInvoice, DecideRefund decideRefund, LimitRefunds limitRefunds, VoidInvoice voidInvoice, SendInvoice sendInvoice, TimeProvider clock, IStringLocalizer<Texts> l) : PageModel
{
    public WholeInvoice Whole { get; private set; } = null!;
    public IReadOnlyList<ListedPayment> Payments { get; private set; } = [];
    public IReadOnlyList<ListedRefund> Refunds { get; private set; } = [];
    public string? Problem { get; private set; }
    /// <summary>Above it a refund takes two people.</summary>
    public RefundLimit? Limit { get; private set; }
    /// <summary>What was typed, when it was refused.</summary>
    public (string Amount, string Reason) Typed { get; private set; } = ("", "");
    public DateOnly Today => readInvoices.Today;
    public IEnumerable<ListedRefund> Waiting => Refunds.Where(r => r.State == RefundState.Asked);
    /// <summary>Money goes back only shortly after a sign-in (ASVS 5, 7.5.3).</summary>
    public bool IsFresh => HttpContext.Customer()!.IsFresh(clock.GetUtcNow());
    public bool MayAct => HttpContext.Staff().May(Permission.Act);
    public bool IsRefundable => Whole.Invoice is { State: InvoiceState.Paid, Total: > 0 } paid && paid.Refunded < paid.Total;

    public string? Notice => Request.Query["done"].ToString() switch
    {
        "sent" => l["The invoice is on its way to the customer."].Value,
        "paid" => l["The payment is recorded. The customer gets a receipt."].Value,
        "refund" => l["The refund is on its way."].Value,
        "asked" => l["The refund waits until another manager or owner approves it."].Value,
        "declined" => l["The refund is not made."].Value,
        "void" => l["The invoice is void."].Value,
        _ => null,
    };

    private string ConfirmFirst => l["Confirm that it is you first, by the link below. What you typed stays here."];

    private Guid Organization => HttpContext.Staff().OrganizationId;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel) => await LoadAsync(id, cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnGetPdfAsync(Guid id, CancellationToken cancel) => await readInvoices.OneAsync(Organization, id, cancel) is { } whole
        ? File(InvoicePdf.Write(l, whole, HttpContext.Staff().Organization, Today), "application/pdf", whole.Invoice.PdfName) : NotFound();

    public Task<IActionResult> OnPostSendAsync(Guid id, CancellationToken cancel) => DoAsync(id, "sent", l["It can be sent while it is due, to a customer who has an address."],
        _ => sendInvoice.RunAsync(Organization, Whole.Invoice, HttpContext.Staff().Name), cancel);

    public Task<IActionResult> OnPostPaidAsync(Guid id, CancellationToken cancel) => DoAsync(id, "paid", l["It is not due any more, or a payment of it is under way."], async form =>
        RecordPayment.Ways.FirstOrDefault(w => w == form["way"]) is { } way && await recordPayment.RunAsync(Organization, Whole.Invoice, way, HttpContext.Staff().Name, cancel), cancel);

    public Task<IActionResult> OnPostRefundAsync(Guid id, CancellationToken cancel) => DecideAsync(id, async form =>
    {
        Typed = (form["amount"].ToString().Trim(), form["reason"].ToString().Replace("\0", "", StringComparison.Ordinal).Trim());
        return !IsFresh ? (null, ConfirmFirst) : await RefundAsync() switch
        {
            RefundStart.Sent => ("refund", null),
            RefundStart.Waits => ("asked", null),
            RefundStart.Refused => (null, l["So much can't be given back. Write an amount that was paid and not refunded yet, and a reason."].Value),
        };
    }, cancel);

    public Task<IActionResult> OnPostApproveAsync(Guid id, CancellationToken cancel) => DecideAsync(id, form => DecideAsync(form, approves: true, cancel), cancel);

    public Task<IActionResult> OnPostDeclineAsync(Guid id, CancellationToken cancel) => DecideAsync(id, form => DecideAsync(form, approves: false, cancel), cancel);

    public Task<IActionResult> OnPostVoidAsync(Guid id, CancellationToken cancel) => DoAsync(id, "void", l["It is not due any more, or a payment of it is under way."],
        _ => voidInvoice.RunAsync(Organization, id, HttpContext.Staff().Name, cancel), cancel);

    private Task<IActionResult> DoAsync(Guid id, string done, string problem, Func<IFormCollection, Task<bool>> act, CancellationToken cancel) =>
        DecideAsync(id, async form => await act(form) ? (done, null) : (null, problem), cancel);

    /// <param name="id">The invoice.</param>
    /// <param name="act">What is to be done. It says what was done, or why nothing was; neither: there is no such thing.</param>
    /// <param name="cancel">Cancels the work.</param>
    private async Task<IActionResult> DecideAsync(Guid id, Func<IFormCollection, Task<(string? Done, string? Problem)>> act, CancellationToken cancel)
    {
        var form = await Request.ReadPlainFormAsync(cancel);
        if (!await LoadAsync(id, cancel)) return NotFound();
        var (done, problem) = await act(form);
        if (done is not null) return Redirect($"/console/invoices/{id}?done={done}");
        if (problem is null) return NotFound();
        (Problem, Response.StatusCode) = (problem, StatusCodes.Status409Conflict);
        return await LoadAsync(id, cancel) ? Page() : NotFound();
    }

    private async Task<RefundStart> RefundAsync()
    {
        long? amount = null;
        if (Typed.Reason.Length is 0 or > 200) return RefundStart.Refused;
        if (Typed.Amount.Length > 0)
        {
            if (!decimal.TryParse(Typed.Amount.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal major) || major >= LimitRefunds.Most) return RefundStart.Refused;
            if (Money.OfMajor(major, Whole.Invoice.Currency) is not { } part) return RefundStart.Refused;
            amount = part.Minor;
        }
        return await refundInvoice.RunAsync(Organization, Whole.Invoice, amount, Typed.Reason, HttpContext.Staff());
    }

    private async Task<(string? Done, string? Problem)> DecideAsync(IFormCollection form, bool approves, CancellationToken cancel)
    {
        if (!Guid.TryParse(form["refund"], out var refund) || Refunds.All(r => r.Id != refund)) return (null, null);
        if (approves && !IsFresh) return (null, ConfirmFirst);
        var decision = await decideRefund.RunAsync(HttpContext.Staff(), refund, approves, cancel);
        return RefundWords.Refusal(l, decision) is { } problem ? (null, problem) : (decision == RefundDecision.Approved ? "refund" : "declined", null);
    }

    private async Task<bool> LoadAsync(Guid id, CancellationToken cancel)
    {
        if (await readInvoices.OneAsync(Organization, id, cancel) is not { } whole) return false;
        (Whole, Payments, Refunds) = (whole, await listPayments.OfInvoiceAsync(Organization, id, cancel), await listPayments.RefundsAsync(Organization, id, cancel));
        Limit = await limitRefunds.FindAsync(Organization, cancel);
        return true;
    }
}

using Latchkey.Platform.Payments;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Invoices.Portal;

/// <summary>One invoice of the customer's, to look at, to print, and to pay.</summary>
public sealed class InvoicePageModel(ReadInvoices readInvoices, IStringLocalizer<Texts> l) : PageModel
{
    public WholeInvoice Whole { get; private set; } = null!;
    public DateOnly Today => readInvoices.Today;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel)
    {
        if (await readInvoices.OneOfAccountAsync(HttpContext.Storefront(), HttpContext.Customer()!.AccountId, id, cancel) is not { } whole) return NotFound();
        HttpContext.AllowCheckout();
        Whole = whole;
        return Page();
    }

    public async Task<IActionResult> OnGetPdfAsync(Guid id, CancellationToken cancel) =>
        await readInvoices.OneOfAccountAsync(HttpContext.Storefront(), HttpContext.Customer()!.AccountId, id, cancel) is { } whole
            ? File(InvoicePdf.Write(l, whole, HttpContext.Storefront().Name, Today), "application/pdf", whole.Invoice.PdfName) : NotFound();
}

using System.Globalization;
using Latchkey.Features.BillingPlans;
using Latchkey.Features.Invoices;
using Latchkey.Features.Layouts;
using Latchkey.Features.Rentals;
using Latchkey.Platform;
using Latchkey.Platform.Payments;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Payments.Portal;

/// <summary>What the customer owes and has paid, and how they pay.</summary>
public sealed class BillingPageModel(
    ReadInvoices readInvoices, StartCheckout startCheckout, AddMethod addMethod, ChangeMethods methods, RunBilling runBilling, RentalsOfAccount rentals, ChooseAutopay chooseAutopay, PublicAddress addresses,
    IStringLocalizer<Texts> l) : PageModel
{
    private const string Pending = "pending", Paid = "paid";

    public IReadOnlyList<Invoice> All { get; private set; } = [];
    public IReadOnlyList<KeptMethod> Methods { get; private set; } = [];
    /// <summary>What is billed by itself, and can be paid so: nothing while no method is on file.</summary>
    public IReadOnlyList<Rental> Billed { get; private set; } = [];
    public string? Show { get; private set; }
    public int? Year { get; private set; }
    public string? Problem { get; private set; }
    public DateOnly Today => readInvoices.Today;
    public bool IsRemoved => Request.Query.ContainsKey("removed");

    public IReadOnlyList<Invoice> Shown => [.. OfYear.Where(i => Show switch { Pending => IsPending(i), Paid => IsPaid(i), _ => true })];

    public IEnumerable<(string? Show, string Word, int Count)> Tabs => [(null, l["All"], OfYear.Count()), (Pending, l["Pending"], OfYear.Count(IsPending)), (Paid, l["Paid"], OfYear.Count(IsPaid))];

    /// <summary>The years there are invoices of, the newest first. One alone is nothing to choose from.</summary>
    public IReadOnlyList<int> Years => All.Select(i => i.Issued.Year).Distinct().OrderDescending().ToList() is { Count: > 1 } years ? years : [];

    /// <summary>What one payment can take: invoices of one currency.</summary>
    public IReadOnlyList<Invoice> Due => [.. All.Where(i => i.IsPayable).GroupBy(i => i.Currency, StringComparer.Ordinal).OrderByDescending(g => g.Count()).FirstOrDefault() ?? Enumerable.Empty<Invoice>()];

    public Money DueSum => new(Due.Sum(i => i.Total), Due.Count == 0 ? "USD" : Due[0].Currency);

    private IEnumerable<Invoice> OfYear => All.Where(i => Year is null || i.Issued.Year == Year);

    private Guid Account => HttpContext.Customer()!.AccountId;

    public Task<IActionResult> OnGetAsync(CancellationToken cancel) => ShowAsync(cancel);

    public async Task<IActionResult> OnPostPayAsync(CancellationToken cancel)
    {
        var form = await Request.ReadPlainFormAsync(cancel);
        await LoadAsync(cancel);
        return Guid.TryParse(form["invoice"], out var id) && All.Any(i => i.Id == id) ? await PayAsync([id], form["keep"] == "yes", cancel) : NotFound();
    }

    public async Task<IActionResult> OnPostPayAllAsync(CancellationToken cancel)
    {
        await LoadAsync(cancel);
        return await PayAsync([.. Due.Select(i => i.Id)], keep: false, cancel);
    }

    public async Task<IActionResult> OnPostAddAsync(CancellationToken cancel)
    {
        await LoadAsync(cancel);
        string currency = All.Count > 0 ? All[0].Currency : await addMethod.CurrencyAsync(HttpContext.Storefront(), cancel);
        var to = await addMethod.RunAsync(HttpContext.Storefront(), Account, currency, $"{Here}/return", $"{Here}#methods", cancel);
        return to is not null ? Redirect(to.AbsoluteUri) : await RefuseAsync(l["Nothing can be added right now. Please try again in a few minutes."], StatusCodes.Status503ServiceUnavailable, cancel);
    }

    public async Task<IActionResult> OnPostDefaultAsync(CancellationToken cancel) =>
        await IdAsync(cancel) is { } id && await methods.MakeDefaultAsync(HttpContext.Storefront(), Account, id, cancel) ? Redirect($"{Request.PathBase}/portal/billing#methods") : NotFound();

    public async Task<IActionResult> OnPostRemoveAsync(CancellationToken cancel) => (await IdAsync(cancel) is { } id ? await methods.RemoveAsync(HttpContext.Storefront(), Account, id, cancel) : MethodRemoval.NotFound) switch
    {
        MethodRemoval.Removed => Redirect($"{Request.PathBase}/portal/billing?removed#methods"),
        MethodRemoval.NotFound => NotFound(),
        MethodRemoval.PaysByItself => await RefuseAsync(l["This method pays your invoices by itself. Add another one first, or choose below to pay by hand."], StatusCodes.Status409Conflict, cancel),
        MethodRemoval.InUse => await RefuseAsync(l["A payment with this method is still under way. Remove it when that is done."], StatusCodes.Status409Conflict, cancel),
        MethodRemoval.TryLater => await RefuseAsync(l["It could not be removed right now. Please try again in a few minutes."], StatusCodes.Status503ServiceUnavailable, cancel),
    };

    public async Task<IActionResult> OnPostAutopayAsync(CancellationToken cancel)
    {
        var form = await Request.ReadPlainFormAsync(cancel);
        return Guid.TryParse(form["subscription"], out var id) && await chooseAutopay.RunAsync(HttpContext.Storefront(), Account, id, form["pays"] == "itself", cancel)
            ? Redirect($"{Request.PathBase}/portal/billing#autopay") : NotFound();
    }

    /// <summary>This list, otherwise filtered.</summary>
    public string At(string? show, int? year) => ListAddress.Of($"{Request.PathBase}/portal/billing", ("show", show), ("year", year?.ToString(CultureInfo.InvariantCulture)));

    private string Here => $"{addresses.PortalOf(HttpContext.Storefront())}/billing";

    private async Task<IActionResult> PayAsync(IReadOnlyList<Guid> invoices, bool keep, CancellationToken cancel)
    {
        var started = await startCheckout.RunAsync(new WantedCheckout
        {
            Storefront = HttpContext.Storefront(), InvoiceIds = invoices, AccountId = Account, ReturnUrl = $"{Here}/return", CancelUrl = Here, KeepMethod = keep,
        }, cancel);
        return started.Outcome switch
        {
            CheckoutStart.Started => Redirect(started.Address!.AbsoluteUri),
            CheckoutStart.NothingDue => await RefuseAsync(l["Nothing of that is due any more."], StatusCodes.Status409Conflict, cancel),
            CheckoutStart.Processing => await RefuseAsync(l["A payment of that is under way. We will write to you when it is done."], StatusCodes.Status409Conflict, cancel),
            CheckoutStart.Doubted => await RefuseAsync(l["{0} has to look at this payment first. Please do not pay again until then.", HttpContext.Storefront().Name], StatusCodes.Status409Conflict, cancel),
            CheckoutStart.NotSetUp => await RefuseAsync(l["{0} takes no payments here yet. Please get in touch.", HttpContext.Storefront().Name], StatusCodes.Status409Conflict, cancel),
            CheckoutStart.TryLater => await RefuseAsync(l["The payment could not be started. Nothing was charged. Please try again in a few minutes."], StatusCodes.Status503ServiceUnavailable, cancel),
        };
    }

    private async Task<Guid?> IdAsync(CancellationToken cancel) => Guid.TryParse((await Request.ReadPlainFormAsync(cancel))["method"], out var id) ? id : null;

    private async Task<IActionResult> RefuseAsync(string problem, int status, CancellationToken cancel)
    {
        (Problem, Response.StatusCode) = (problem, status);
        return await ShowAsync(cancel);
    }

    private async Task<IActionResult> ShowAsync(CancellationToken cancel)
    {
        if (HttpContext.Storefront().IsConsole()) return NotFound();
        HttpContext.AllowCheckout();
        Show = Request.Query["show"] is [Pending or Paid] known ? known.ToString() : null;
        await LoadAsync(cancel);
        Year = int.TryParse(Request.Query["year"], NumberStyles.None, CultureInfo.InvariantCulture, out int year) && Years.Contains(year) ? year : null;
        return Page();
    }

    private async Task LoadAsync(CancellationToken cancel)
    {
        All = await readInvoices.OfAccountAsync(HttpContext.Storefront(), Account, cancel);
        Methods = await methods.ListAsync(HttpContext.Storefront(), Account, cancel);
        if (Methods.Any(m => m.State == MethodState.Active) && (await runBilling.PlanAsync(HttpContext.Storefront().OrganizationId, cancel)).Runs)
            Billed = [.. (await rentals.FindAsync(HttpContext.Storefront(), Account, cancel)).Rentals.Where(r => r.Price.Minor > 0)];
    }

    private static bool IsPending(Invoice i) => i.State is InvoiceState.Pending or InvoiceState.Processing or InvoiceState.Failed;

    private static bool IsPaid(Invoice i) => i.State is InvoiceState.Paid or InvoiceState.Refunded;
}

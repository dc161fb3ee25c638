using Latchkey.Features.Layouts;
using Latchkey.Platform;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Latchkey.Features.Payments.Portal;

/// <summary>
/// Where the browser comes back to from the checkout. Coming back proves nothing: the provider is asked, by the same operation that its
/// events go through, and the page says what that says.
/// </summary>
public sealed class ReturnPageModel(SettlePayment settlePayment, SettleSetup settleSetup, OwnedPayments owned) : PageModel
{
    public PaymentState? Payment { get; private set; }
    public SetupState? Setup { get; private set; }
    /// <summary>Staff have to look at it: whether it is paid is not for this page to say.</summary>
    public bool IsDoubted { get; private set; }
    public Money? Sum { get; private set; }
    public bool IsSetup { get; private set; }
    public string Again => $"{Request.PathBase}{Request.Path}{Request.QueryString}";

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        var (storefront, account) = (HttpContext.Storefront(), HttpContext.Customer()!.AccountId);
        if (Request.Query.ReadId("setup") is { } setup)
        {
            if (!await owned.SetupAsync(storefront, account, setup, cancel)) return NotFound();
            (IsSetup, Setup) = (true, await settleSetup.RunAsync(storefront.OrganizationId, setup, cancel));
            return Page();
        }
        if (Request.Query.ReadId("payment") is not { } payment || await owned.PaymentAsync(storefront, account, payment, cancel) is not { } mine) return NotFound();
        Sum = mine;
        Payment = await settlePayment.RunAsync(storefront.OrganizationId, payment, cancel);
        IsDoubted = await owned.IsDoubtedAsync(storefront, payment, cancel);
        return Page();
    }
}

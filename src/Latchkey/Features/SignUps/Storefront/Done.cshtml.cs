using Latchkey.Features.Payments;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Latchkey.Features.SignUps;

/// <summary>What became of it. Only the browser that signed up sees it, and only this: no portal opens without the mailbox.</summary>
public sealed class DoneModel(FindSignUp findSignUp, SettlePayment settlePayment, Cookies cookies) : PageModel
{
    public SignUp SignUp { get; private set; } = null!;
    public string? Email => SignUp.Details?.Email ?? HttpContext.Customer()?.Email;
    public bool IsWaiting => SignUp is { State: SignUpState.Paying, InvoiceState: not "processing" };

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (cookies.SignUp(HttpContext) is not { } browser || await findSignUp.RunAsync(HttpContext.Storefront(), browser, cancel) is not { } found)
            return Redirect($"{Request.PathBase}/rent");
        // Whoever comes back first, the customer or the provider's word: the same is done, once.
        if (found is { State: SignUpState.Paying, PaymentId: { } payment })
        {
            await settlePayment.RunAsync(HttpContext.Storefront().OrganizationId, payment, cancel);
            found = (await findSignUp.RunAsync(HttpContext.Storefront(), browser, cancel))!;
        }
        SignUp = found;
        return found.State == SignUpState.Open ? Redirect($"{Request.PathBase}/rent/review") : Page();
    }
}

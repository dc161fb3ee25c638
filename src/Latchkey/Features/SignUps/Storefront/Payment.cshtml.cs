using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.SignUps;

/// <summary>Back from a payment that was not made: on to it, or back to the steps.</summary>
[RequestSizeLimit(8 * 1024)]
public sealed class PaymentModel(FindSignUp findSignUp, PaySignUp paySignUp, LeavePayment leavePayment, Cookies cookies, IStringLocalizer<Texts> l) : PageModel
{
    public SignUp SignUp { get; private set; } = null!;
    public string? Problem { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await FindAsync(cancel) ?? Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (await FindAsync(cancel) is { } elsewhere) return elsewhere;
        var storefront = HttpContext.Storefront();
        if (SignUp.StartsOn is not { } day || SignUp.Details is null && HttpContext.Customer() is null) return await OnPostChangeAsync(cancel);
        var quote = Quote.Of(SignUp, day, await paySignUp.TermsAsync(storefront, cancel));
        var answer = await paySignUp.RunAsync(storefront, SignUp, quote, HttpContext.Customer(), cancel);
        if (answer is { Outcome: PayOutcome.Started, Address: { } address }) return Redirect(address.AbsoluteUri);
        if (answer.Outcome == PayOutcome.Closed) return Go("/rent/done");
        if (answer.Outcome == PayOutcome.SoldOut) return await OnPostChangeAsync(cancel);
        Problem = l["The payment page can't be reached right now. Nothing was charged. Try again in a minute; what you typed is kept."];
        Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return Page();
    }

    public async Task<IActionResult> OnPostChangeAsync(CancellationToken cancel)
    {
        if (await FindAsync(cancel) is { } elsewhere) return elsewhere;
        return Go(await leavePayment.RunAsync(HttpContext.Storefront(), SignUp, cancel) ? "/rent/review" : "/rent/done");
    }

    private async Task<IActionResult?> FindAsync(CancellationToken cancel)
    {
        if (cookies.SignUp(HttpContext) is not { } browser || await findSignUp.RunAsync(HttpContext.Storefront(), browser, cancel) is not { } found) return Go("/rent");
        SignUp = found;
        return found.State == SignUpState.Open ? Go("/rent/review")
            : found.State != SignUpState.Paying || found.InvoiceState is "processing" or "paid" ? Go("/rent/done") : null;
    }

    private RedirectResult Go(string path) => Redirect($"{Request.PathBase}{path}");
}

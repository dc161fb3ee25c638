using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.SignUps;

/// <summary>What it costs today and then, and the button that leads to the payment.</summary>
public sealed class ReviewModel(FindSignUp findSignUp, SaveSignUp saveSignUp, PaySignUp paySignUp, Cookies cookies, TimeProvider clock, IStringLocalizer<Texts> l)
    : SignUpPage(findSignUp, saveSignUp, cookies, clock)
{
    public override SignUpStep Step => SignUpStep.Review;
    public Quote Quote { get; private set; } = null!;
    public string? Problem { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await FindAsync(cancel) ?? await ShowAsync(cancel);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (await FindAsync(cancel) is { } elsewhere) return elsewhere;
        var form = await Request.ReadPlainFormAsync(cancel);
        await ShowAsync(cancel);
        // Midnight, a new price: nobody pays another amount than the one they saw.
        if (form["total"] != Quote.DueToday.Minor.ToString(System.Globalization.CultureInfo.InvariantCulture)) return Refuse(l["The amount has changed. Please look at it again."], StatusCodes.Status409Conflict);
        var answer = await paySignUp.RunAsync(HttpContext.Storefront(), SignUp, Quote, HttpContext.Customer(), cancel);
        return answer.Outcome switch
        {
            PayOutcome.Started => Redirect(answer.Address!.AbsoluteUri),
            PayOutcome.SoldOut => Go("/rent?sold-out=yes"),
            PayOutcome.Closed => Go("/rent/done"),
            PayOutcome.TryLater => Refuse(l["The payment page can't be reached right now. Nothing was charged. Try again in a minute; what you typed is kept."], StatusCodes.Status503ServiceUnavailable),
            PayOutcome.NotSetUp => Refuse(l["Payments can't be taken on this page yet. Nothing was charged. Write to us or call: what you chose is held for you."], StatusCodes.Status503ServiceUnavailable),
            PayOutcome.ByStaff => Refuse(l["This portal was opened by the team. Only the customer can pay."], StatusCodes.Status403Forbidden),
        };
    }

    private async Task<IActionResult> ShowAsync(CancellationToken cancel)
    {
        Quote = Quote.Of(SignUp, SignUp.StartsOn!.Value, await paySignUp.TermsAsync(HttpContext.Storefront(), cancel));
        return Page();
    }

    private Microsoft.AspNetCore.Mvc.RazorPages.PageResult Refuse(string problem, int status)
    {
        (Problem, Response.StatusCode) = (problem, status);
        return Page();
    }
}

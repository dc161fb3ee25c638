using Latchkey.Features.Units;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Latchkey.Features.SignUps;

/// <summary>What can be rented or subscribed to, and the first press: choosing holds a unit.</summary>
[RequestSizeLimit(8 * 1024)]
public sealed class ChooseModel(UnitsOfStorefront units, FindSignUp findSignUp, BeginSignUp beginSignUp, Cookies cookies) : PageModel
{
    public IReadOnlyList<FacilityOffer> Facilities { get; private set; } = [];
    public Vocabulary Vocabulary => HttpContext.Storefront().Vocabulary;
    public bool SoldOut { get; private set; }
    public bool Limited { get; private set; }
    public bool HasFree => Facilities.Any(f => f.Types.Any(t => !t.IsFull));
    /// <summary>What this browser has begun.</summary>
    public SignUp? Going { get; private set; }

    public async Task OnGetAsync(CancellationToken cancel)
    {
        SoldOut = Request.Query.ContainsKey("sold-out");
        Going = await FindAsync(cancel) is { State: SignUpState.Open or SignUpState.Paying } open ? open : null;
        Facilities = await units.FindAsync(HttpContext.Storefront(), cancel);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var form = await Request.ReadPlainFormAsync(cancel);
        if (!Guid.TryParse(form["type"], out var type)) return Redirect($"{Request.PathBase}/rent");
        var begun = await beginSignUp.RunAsync(HttpContext.Storefront(), type, await FindAsync(cancel), HttpContext.Ip(), cancel);
        if (begun.Secret is { } secret) cookies.SetSignUp(HttpContext, secret);
        if (begun.Outcome == BeginOutcome.Held) return Redirect($"{Request.PathBase}/rent/dates");
        (SoldOut, Limited) = (begun.Outcome == BeginOutcome.SoldOut, begun.Outcome == BeginOutcome.Limited);
        Response.StatusCode = Limited ? StatusCodes.Status429TooManyRequests : SoldOut ? StatusCodes.Status409Conflict : StatusCodes.Status404NotFound;
        Facilities = await units.FindAsync(HttpContext.Storefront(), cancel);
        return Page();
    }

    private async Task<SignUp?> FindAsync(CancellationToken cancel) =>
        cookies.SignUp(HttpContext) is { } browser ? await findSignUp.RunAsync(HttpContext.Storefront(), browser, cancel) : null;
}

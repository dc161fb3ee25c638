using Latchkey.Features.Errors;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.SignIn.Portal;

/// <summary>For browsers that keep no cookie: why that may be, and how to allow it.</summary>
[AllowAnonymous]
public sealed class CookiesPageModel(LoseCookie loseCookie, Failures failures, Cookies cookies, IStringLocalizer<Texts> l) : PageModel
{
    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (HttpContext.Customer() is not null) return Redirect($"{Request.PathBase}/portal");
        if (Marker.Read(Request) is { } sessionId)
        {
            return await loseCookie.RunAsync(HttpContext.Storefront(), sessionId, cancel)
                ? Page(FailureKind.CookieNotKept, l["The sign-in worked, but your browser did not keep the cookie that remembers it."], failures.CodeOf(sessionId))
                : Redirect(DeadEnds.SignIn(HttpContext));
        }
        return cookies.Browser(HttpContext) is null
            ? Page(FailureKind.CookiesOff, l["Signing in needs a cookie that remembers this browser, and it did not keep one."], await failures.NoteAsync(HttpContext, FailureKind.CookiesOff))
            : Redirect(DeadEnds.SignIn(HttpContext));
    }

    private ViewResult Page(FailureKind kind, string message, string? helpCode) => new DeadEnd
    {
        Kind = kind,
        Status = StatusCodes.Status200OK,
        Title = l["Your browser did not keep the sign-in"],
        Message = message,
        Hints =
        [
            l["Cookies may be blocked. Chrome and Edge allow them under Settings, Privacy; Firefox under Settings, Privacy & Security; Safari under Settings, Advanced."],
            l["A private window, or a window inside a mail program or another site, may forget them: open this page in a normal window of your browser."],
            l["The date of this device may be wrong: then cookies end before they begin."],
        ],
        Next = new DeadEnd.NextStep(l["Try again"], DeadEnds.SignIn(HttpContext)),
        HelpCode = helpCode,
    }.ToResult();
}

using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Latchkey.Features.SignIn.Portal;

/// <summary>Signs out on POST; looking at the address does nothing.</summary>
[AllowAnonymous]
public sealed class SignOutPageModel(SignOut signOut, Cookies cookies) : PageModel
{
    public IActionResult OnGet() => Redirect($"{Request.PathBase}/portal");

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (HttpContext.Customer() is { } session) await signOut.RunAsync(HttpContext.Storefront(), session, cancel);
        cookies.ForgetSession(HttpContext);
        // The back button must not show what was private.
        Response.Headers["Clear-Site-Data"] = "\"cache\"";
        return Redirect($"{Request.PathBase}/portal/sign-in");
    }
}

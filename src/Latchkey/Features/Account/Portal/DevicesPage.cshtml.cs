using System.Globalization;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Latchkey.Features.Account.Portal;

/// <summary>What the buttons of the device list do.</summary>
[RequestSizeLimit(AccountPageModel.MostBytes)]
public sealed class DevicesPageModel(SignOutDevices signOut, Cookies cookies) : PageModel
{
    public IActionResult OnGet() => BackToList();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var form = await Request.ReadPlainFormAsync(cancel);
        return Guid.TryParse(form["session"], CultureInfo.InvariantCulture, out var id)
            && await signOut.OneAsync(HttpContext.Storefront(), HttpContext.Customer()!, id, cancel) ? BackToList() : NotFound();
    }

    public async Task<IActionResult> OnPostOthersAsync(CancellationToken cancel)
    {
        await signOut.OthersAsync(HttpContext.Storefront(), HttpContext.Customer()!, cancel);
        return BackToList();
    }

    public async Task<IActionResult> OnPostAllAsync(CancellationToken cancel)
    {
        await signOut.AllAsync(HttpContext.Storefront(), HttpContext.Customer()!, cancel);
        cookies.ForgetSession(HttpContext);
        Response.Headers["Clear-Site-Data"] = "\"cache\"";
        return Redirect($"{Request.PathBase}/portal/sign-in");
    }

    private RedirectResult BackToList() => Redirect($"{Request.PathBase}/portal/account#devices");
}

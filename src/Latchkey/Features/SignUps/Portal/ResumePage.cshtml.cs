using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Latchkey.Features.SignUps.Portal;

/// <summary>Where the mail of a sign-up leads whose address has an account: on with it, signed in.</summary>
[RequestSizeLimit(8 * 1024)]
public sealed class ResumePageModel(ResumeSignUp resume, FindSignUp findSignUp, Cookies cookies) : PageModel
{
    public IReadOnlyList<ResumableSignUp> Found { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        var storefront = HttpContext.Storefront();
        if (storefront.IsConsole()) return Redirect(ConsoleRealm.Root);
        Found = await resume.FindAsync(storefront, HttpContext.Customer()!, cancel);
        var here = cookies.SignUp(HttpContext) is { } browser ? await findSignUp.RunAsync(storefront, browser, cancel) : null;
        // In the browser that it was begun in there is nothing to ask.
        if (here is { State: SignUpState.Open or SignUpState.Paying } && Found.All(f => f.Id == here.Id)) return Redirect($"{Request.PathBase}/rent/review");
        return Found.Count > 0 ? Page() : Redirect($"{Request.PathBase}/rent");
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (await ReadAsync(cancel) is not { } id || await resume.RunAsync(HttpContext.Storefront(), HttpContext.Customer()!, id, cancel) is not { } secret)
            return Redirect($"{Request.PathBase}/portal/rent");
        cookies.SetSignUp(HttpContext, secret);
        return Redirect($"{Request.PathBase}/rent/review");
    }

    public async Task<IActionResult> OnPostTakeAsync(CancellationToken cancel) =>
        await ReadAsync(cancel) is { } id && await resume.TakeAsync(HttpContext.Storefront(), HttpContext.Customer()!, id, cancel)
            ? Redirect($"{Request.PathBase}/portal")
            : Redirect($"{Request.PathBase}/portal/rent");

    private async Task<Guid?> ReadAsync(CancellationToken cancel) =>
        Guid.TryParse((await Request.ReadPlainFormAsync(cancel))["sign_up"], out var id) ? id : null;
}

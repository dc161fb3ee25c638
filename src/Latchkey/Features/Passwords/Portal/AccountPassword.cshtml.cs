using Latchkey.Features.SignIn.Portal;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Latchkey.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Latchkey.Features.Passwords.Portal;

/// <summary>Sets, changes or removes the customer's password, shortly after a sign-in (ASVS 5, 7.5.1).</summary>
[WithPasswords, RequestSizeLimit(SignInModel.MostBytes)]
public sealed class AccountPasswordModel(Database database, SetPassword setPassword, PasswordProblems problems, Cookies cookies, TimeProvider clock) : PageModel
{
    private const string Done = "?done";

    public bool HasPassword { get; private set; }
    public string? Problem { get; private set; }
    public bool IsDone => Request.QueryString.Value == Done;

    private LiveSession Customer => HttpContext.Customer()!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => IsStale(out var confirm) ? confirm : await ShowAsync(cancel);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (IsStale(out var confirm)) return confirm;
        var form = await Request.ReadPlainFormAsync(cancel);
        string password = form["password"] is [{ } chosen] ? chosen : "";
        Problem = problems.Find(HttpContext.Storefront(), password, Customer.Email);
        if (Problem is not null)
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return await ShowAsync(cancel);
        }
        return StaySignedIn(await setPassword.ByCustomerAsync(HttpContext.Storefront(), Customer, password, Visitor(), cancel));
    }

    public async Task<IActionResult> OnPostRemoveAsync(CancellationToken cancel) => IsStale(out var confirm) ? confirm
        : StaySignedIn(await setPassword.RemoveAsync(HttpContext.Storefront(), Customer, Visitor(), cancel));

    private bool IsStale(out RedirectResult confirm)
    {
        confirm = Redirect($"{Request.PathBase}/portal/account/confirm?next=password");
        return !Customer.IsFresh(clock.GetUtcNow());
    }

    private RedirectResult StaySignedIn(StartedSession? session)
    {
        if (session is not null) cookies.SetSession(HttpContext, session.Token, session.Lifetime);
        return Redirect($"{Request.PathBase}/portal/account/password{Done}");
    }

    private async Task<PageResult> ShowAsync(CancellationToken cancel)
    {
        HasPassword = await database.ReadAsync(c => AccountPasswords.HasAsync(c, HttpContext.Storefront().Key, Customer.AccountId, cancel), cancel);
        return Page();
    }

    private Visitor Visitor() => new(cookies.BrowserOrNew(HttpContext), HttpContext.Ip(), HttpContext.Device());
}

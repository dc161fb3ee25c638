using Latchkey.Features.SignIn.Portal;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Latchkey.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Passwords.Portal;

/// <summary>Where the sign-in form with a password goes. Wrong, unknown, closed and pausing are one answer.</summary>
[AllowAnonymous, WithPasswords, RequestSizeLimit(SignInModel.MostBytes)]
public sealed class PasswordSignInModel(
    SignInByPassword signIn, AfterSignIn afterSignIn, Cookies cookies, PasswordDeadEnds deadEnds, IStringLocalizer<Texts> l) : PageModel
{
    public PasswordForm Form { get; private set; } = new();
    public bool IsNotConfirmed { get; private set; }

    public IActionResult OnGet() => Redirect($"{Request.PathBase}/portal/sign-in");

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var form = await Request.ReadPlainFormAsync(cancel);
        var next = ReturnPath.Read(form["next"]);
        if (form["email"] is not [{ } typed] || form["password"] is not [{ } password]) return Show(new(null, NoAddress, true, next));
        if (!EmailAddress.TryRead(typed, out var address)) return Show(new(Short(typed), NoAddress, true, next));

        var visitor = new Visitor(cookies.BrowserOrNew(HttpContext), HttpContext.Ip(), HttpContext.Device());
        var answer = await signIn.RunAsync(HttpContext.Storefront(), address, password, visitor, HttpContext.Customer(), cancel);
        switch (answer.Outcome)
        {
            case PasswordOutcome.SignedIn:
                return Redirect(afterSignIn.Into(HttpContext, answer.Session!, next));
            case PasswordOutcome.Limited:
                return (await deadEnds.TooManyPasswordsAsync(HttpContext, answer.AgainAt!.Value, address)).ToResult();
            case PasswordOutcome.NotConfirmed:
                IsNotConfirmed = true;
                return Show(new(typed));
            case PasswordOutcome.Refused:
            default:
                return Show(new(typed, l["Incorrect email or password"], Next: next));
        }
    }

    private string NoAddress => l["That is not one e-mail address. Type it like name@example.com."];

    private static string? Short(string typed) => typed.Length <= EmailAddress.MostCharacters ? typed : null;

    private PageResult Show(PasswordForm form)
    {
        Form = form;
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }
}

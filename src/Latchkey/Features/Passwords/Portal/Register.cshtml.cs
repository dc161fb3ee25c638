using Latchkey.Features.SignIn.Portal;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Latchkey.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Passwords.Portal;

/// <summary>A new account with a password. The answer is the same whether the address is free or taken.</summary>
[AllowAnonymous, WithPasswords, RequestSizeLimit(SignInModel.MostBytes)]
public sealed class RegisterModel(AskForMail askForMail, PasswordProblems problems, Cookies cookies, IStringLocalizer<Texts> l) : PageModel
{
    public const int MostNameCharacters = 100;

    public string? FullName { get; private set; }
    public AddressField Address { get; private set; } = new();
    public string? PasswordProblem { get; private set; }

    public IActionResult OnGet()
    {
        if (HttpContext.Customer() is not null) return Redirect($"{Request.PathBase}/portal");
        cookies.BrowserOrNew(HttpContext);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var form = await Request.ReadPlainFormAsync(cancel);
        FullName = form["full_name"] is [{ } name] ? Plain(name) : null;
        string? typed = form["email"] is [{ Length: <= EmailAddress.MostCharacters } one] ? one : null;
        Address = new(typed, EmailAddress.TryRead(typed, out var address) ? null : l["That is not one e-mail address. Type it like name@example.com."].Value);
        string password = form["password"] is [{ } chosen] ? chosen : "";
        PasswordProblem = problems.Find(HttpContext.Storefront(), password, address?.Value, FullName);
        if (address is null || PasswordProblem is not null)
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return Page();
        }
        return await askForMail.RegisterAsync(HttpContext, address, password, FullName, cancel);
    }

    /// <summary>One line, no longer than a name is; null when nothing is left.</summary>
    private static string? Plain(string name)
    {
        string line = string.Concat(name.Where(c => !char.IsControl(c))).Trim();
        return line.Length is 0 or > MostNameCharacters ? null : line;
    }
}

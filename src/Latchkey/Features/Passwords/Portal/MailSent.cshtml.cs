using Latchkey.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Latchkey.Features.Passwords.Portal;

/// <summary>The same page for every address, and with nothing about it: reloading it sends nothing.</summary>
[AllowAnonymous, WithPasswords]
public sealed class MailSentModel : PageModel
{
    public string What { get; private set; } = "";

    public static RedirectResult RedirectTo(HttpRequest request, PasswordAskKind kind) => new($"{request.PathBase}/portal/mail-sent/{kind.ToString().ToLowerInvariant()}");

    public void OnGet(string what) => What = what;
}

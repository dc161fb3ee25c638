using Latchkey.Features.SignIn.Portal;
using Latchkey.Platform.Web;
using Latchkey.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Passwords.Portal;

/// <summary>Asks for the mail that sets a new password. It says the same to every address.</summary>
[AllowAnonymous, WithPasswords, RequestSizeLimit(SignInModel.MostBytes)]
public sealed class ForgotPasswordModel(AskForMail askForMail, IStringLocalizer<Texts> l) : PageModel
{
    public AddressField Address { get; private set; } = new();

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var form = await Request.ReadPlainFormAsync(cancel);
        string? typed = form["email"] is [{ Length: <= EmailAddress.MostCharacters } one] ? one : null;
        if (!EmailAddress.TryRead(typed, out var address))
        {
            Address = new(typed, l["That is not one e-mail address. Type it like name@example.com."]);
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return Page();
        }
        return await askForMail.RunAsync(HttpContext, PasswordAskKind.Reset, address, cancel);
    }
}

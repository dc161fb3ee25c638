using Latchkey.Features.SignIn.Portal;
using Latchkey.Platform.Web;
using Latchkey.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Latchkey.Features.Account.Portal;

/// <summary>Before what changes how a customer signs in: a sign-in of the last minutes, by a link to the account's own address (ASVS 5, 7.5.1).</summary>
[RequestSizeLimit(AccountPageModel.MostBytes)]
public sealed class ConfirmIdentityModel(AskHere askHere, TimeProvider clock) : PageModel
{
    /// <summary>The pages that send people here, by the word they send.</summary>
    private static readonly Dictionary<string, string> Pages = new(StringComparer.Ordinal)
    {
        ["account"] = "/portal/account",
        ["email"] = "/portal/account",
        ["passkeys"] = "/portal/account/passkeys",
        ["password"] = "/portal/account/password",
    };

    public string Next => Request.Query["next"] is [{ } word] && Pages.ContainsKey(word) ? word : "account";
    public EmailAddress Address => EmailAddress.Of(HttpContext.Customer()!.Email);

    public IActionResult OnGet() => HttpContext.Customer()!.IsFresh(clock.GetUtcNow()) ? Redirect($"{Request.PathBase}{Pages[Next]}") : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var customer = HttpContext.Customer()!;
        if (customer.IsByStaff) return Page();
        return await askHere.RunAsync(
            HttpContext, SignInName.Of(Address), Address.Masked, accountId: customer.AccountId, returnTo: ReturnPath.Read(Pages[Next]), cancel: cancel);
    }
}

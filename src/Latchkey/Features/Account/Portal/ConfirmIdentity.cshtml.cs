using Latchkey.Features.SignIn.Portal;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Latchkey.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Latchkey.Features.Account.Portal;

/// <summary>Before what changes how a customer signs in, or gives money back: a sign-in of the last minutes, by a link to the account's own address (ASVS 5, 7.5.1).</summary>
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
    /// <summary>Of staff who want to give money back: the invoice.</summary>
    public Guid? Invoice => HttpContext.Storefront().IsConsole() && Guid.TryParse(Request.Query["invoice"], out var id) ? id : null;
    public string Here => $"{Request.PathBase}/portal/account/confirm?{(Invoice is { } invoice ? $"invoice={invoice}" : $"next={Next}")}";
    public EmailAddress Address => EmailAddress.Of(HttpContext.Customer()!.Email);

    /// <summary>Where they go on: below the portal, or in the console.</summary>
    private string Path => Invoice is { } invoice ? $"/console/invoices/{invoice}" : Pages[Next];

    public IActionResult OnGet() => HttpContext.Customer()!.IsFresh(clock.GetUtcNow()) ? Redirect(Invoice is null ? $"{Request.PathBase}{Path}" : Path) : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var customer = HttpContext.Customer()!;
        if (customer.IsByStaff) return Page();
        return await askHere.RunAsync(
            HttpContext, SignInName.Of(Address), Address.Masked, accountId: customer.AccountId, returnTo: ReturnPath.Read(Path), cancel: cancel);
    }
}

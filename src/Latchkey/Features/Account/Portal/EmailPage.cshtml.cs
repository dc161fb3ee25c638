using System.Globalization;
using Latchkey.Features.Errors;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Latchkey.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Latchkey.Features.Account.Portal;

/// <summary>What the buttons beside a waiting change of address do.</summary>
[RequestSizeLimit(AccountPageModel.MostBytes)]
public sealed class EmailPageModel(Database database, EmailChanges changes, ChangeEmail changeEmail, DeadEnds deadEnds) : PageModel
{
    public IActionResult OnGet() => BackToAccount();

    /// <summary>The same mail once more, with the same link.</summary>
    public async Task<IActionResult> OnPostResendAsync(CancellationToken cancel)
    {
        var (storefront, account) = (HttpContext.Storefront(), HttpContext.Customer()!.AccountId);
        var pending = await database.ReadAsync(c => changes.PendingAsync(c, storefront.Key, account, cancel), cancel);
        if (pending is null) return BackToAccount();
        return await changeEmail.RunAsync(storefront, account, pending.Address, HttpContext.Device(), CultureInfo.CurrentUICulture.Name, cancel) is { } againAt
            ? (await deadEnds.TooManyRequestsAsync(HttpContext, againAt)).ToResult() : BackToAccount();
    }

    public async Task<IActionResult> OnPostCancelAsync(CancellationToken cancel)
    {
        await changeEmail.CancelAsync(HttpContext.Storefront(), HttpContext.Customer()!.AccountId, cancel);
        return BackToAccount();
    }

    private RedirectResult BackToAccount() => Redirect($"{Request.PathBase}/portal/account");
}

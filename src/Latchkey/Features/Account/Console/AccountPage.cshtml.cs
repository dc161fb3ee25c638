using Latchkey.Features.Layouts;
using Latchkey.Platform.Staff;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Latchkey.Features.Account.Console;

/// <summary>The address of an account in what was written down once: it leads to its customer's record, whatever was merged since.</summary>
public sealed class AccountPageModel(FindAccount findAccount) : PageModel
{
    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel) =>
        await findAccount.RunAsync(HttpContext.Staff().OrganizationId, id, cancel) is not { } account ? NotFound()
        : account.ContactId is { } contact ? Redirect($"/console/contacts/{contact}#account")
        : Redirect(ListAddress.Of("/console/customers", ("q", account.Email)));
}

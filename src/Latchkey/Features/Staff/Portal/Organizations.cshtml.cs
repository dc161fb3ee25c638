using Latchkey.Platform.Staff;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Latchkey.Features.Staff.Portal;

/// <summary>Where somebody at the console chooses the organization to work for. There is none on a storefront's portal.</summary>
public sealed class OrganizationsModel(StaffMembers members, Cookies cookies) : PageModel
{
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(90);

    public IReadOnlyList<Membership> Choices { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!HttpContext.Storefront().IsConsole()) return NotFound();
        Choices = await members.ChoicesAsync(HttpContext.Customer()!.AccountId, cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var form = await Request.ReadPlainFormAsync(cancel);
        if (!HttpContext.Storefront().IsConsole() || !Guid.TryParse(form["organization"], out var chosen)
            || await members.FindAsync(HttpContext.Customer()!, chosen, cancel) is null) return NotFound();
        cookies.Choose(HttpContext, chosen, Remembered);
        return Redirect(ConsoleRealm.Root);
    }
}

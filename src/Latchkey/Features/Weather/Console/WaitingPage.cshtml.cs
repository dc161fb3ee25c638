using Latchkey.Features.Layouts;
using Latchkey.Platform.Data;
using Latchkey.Platform.Staff;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Latchkey.Features.Weather.Console;

/// <summary>Who waits because of one thing that was noticed, and what became of each.</summary>
public sealed class WaitingPageModel(WeatherNow weatherNow, WaitingCustomers waiting) : PageModel
{
    public Noticed Weather { get; private set; } = null!;
    public IReadOnlyList<WaitingCustomer> Rows { get; private set; } = [];
    public PagerLinks Pager { get; private set; } = new(null, null);

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel)
    {
        var organization = HttpContext.Staff().OrganizationId;
        if (await weatherNow.FindAsync(organization, id, cancel) is not { } weather) return NotFound();
        Weather = weather;
        var after = Request.Query.ReadId("after");
        var found = await waiting.RunAsync(organization, id, after ?? TimeIds.Before, cancel);
        Rows = [.. found.Take(WaitingCustomers.Rows)];
        string here = $"{WeatherPageModel.Address}/{id}";
        Pager = new PagerLinks(after is null ? null : here, found.Count > WaitingCustomers.Rows ? $"{here}?after={Rows[^1].AccountId}" : null);
        return Page();
    }
}

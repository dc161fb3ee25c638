using Latchkey.Platform.Staff;
using Latchkey.Platform.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Weather.Console;

/// <summary>The sign-in weather: what stands between customers and their mail, how far requests get day by day, and why they don't.</summary>
public sealed class WeatherPageModel(WeatherNow weatherNow, SignInReport report, TellWhenOver tellWhenOver, IStringLocalizer<Texts> l) : PageModel
{
    public const string Address = "/console/weather";

    public IReadOnlyList<Noticed> Now { get; private set; } = [];
    public IReadOnlyList<Noticed> Lately { get; private set; } = [];
    public SignInFigures Figures { get; private set; } = null!;
    public string? Notice => Request.Query["done"] == "asked" ? l["They get a mail when it is over, unless they get in before."].Value : null;

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var organization = HttpContext.Staff().OrganizationId;
        Now = await weatherNow.RunAsync(organization, cancel);
        Lately = await weatherNow.LatelyAsync(organization, cancel);
        Figures = await report.RunAsync(organization, cancel);
    }

    public async Task<IActionResult> OnPostTellAsync(CancellationToken cancel)
    {
        var form = await Request.ReadPlainFormAsync(cancel);
        var staff = HttpContext.Staff();
        if (!Guid.TryParse(form["weather"], out var id) || await weatherNow.FindAsync(staff.OrganizationId, id, cancel) is null) return NotFound();
        await tellWhenOver.RunAsync(staff.OrganizationId, id, staff.Name, cancel); // a second press finds the wish noted
        return Redirect($"{Address}?done=asked");
    }
}

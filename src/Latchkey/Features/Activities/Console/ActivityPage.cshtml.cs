using System.Globalization;
using Latchkey.Platform.Staff;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Latchkey.Features.Activities.Console;

/// <summary>What happened, newest first.</summary>
public sealed class ActivityPageModel(FindActivity findActivity, StorefrontDirectory storefronts, ExportActivity export, TimeProvider clock) : PageModel
{
    public const string Address = "/console/activity";

    public ActivityFilter Filter { get; private set; } = new();
    public ActivityRows Log { get; private set; } = new([], null, null);
    public IReadOnlyList<Storefront> Storefronts { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var organization = HttpContext.Staff().OrganizationId;
        Filter = ActivityFilter.Read(Request.Query);
        Storefronts = await storefronts.OfOrganizationAsync(organization, cancel);
        Log = await findActivity.RunAsync(organization, Filter, cancel);
    }

    public IActionResult OnPostCsv()
    {
        var (staff, filter) = (HttpContext.Staff(), ActivityFilter.Read(Request.Query));
        string day = clock.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return new CsvDownload($"activity-{day}.csv", (writer, stop) => export.RunAsync(staff, filter, writer, stop));
    }
}

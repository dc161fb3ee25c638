using System.Globalization;
using Latchkey.Features.Facilities;
using Latchkey.Platform.Staff;
using Latchkey.Platform.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Latchkey.Features.Emails.Console;

/// <summary>What the lists of mails have in common.</summary>
public abstract class MailListPage(FindMails findMails, FacilitiesOfOrganization facilities, ExportMails export, TimeProvider clock) : PageModel
{
    public MailListView View { get; private set; } = null!;

    protected async Task<IActionResult> ShowAsync(Guid? facilityId, CancellationToken cancel)
    {
        var organization = HttpContext.Staff().OrganizationId;
        var all = (await facilities.ListAsync(organization, cancel)).ToDictionary(f => f.Id);
        if (facilityId is { } wanted && !all.ContainsKey(wanted)) return NotFound();
        var facility = facilityId is { } id ? all[id] : null;
        var filter = MailFilter.Read(Request.Query);
        View = new MailListView { Path = Request.Path, Filter = filter, Page = await findMails.RunAsync(organization, facility, filter, cancel), Facilities = all, Facility = facility };
        return Page();
    }

    protected async Task<IActionResult> ExportAsync(Guid? facilityId, CancellationToken cancel)
    {
        var staff = HttpContext.Staff();
        var facility = facilityId is null ? null : (await facilities.ListAsync(staff.OrganizationId, cancel)).FirstOrDefault(f => f.Id == facilityId);
        if (facilityId is not null && facility is null) return NotFound();
        var filter = MailFilter.Read(Request.Query);
        string day = clock.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return new CsvDownload($"emails-{day}.csv", (writer, stop) => export.RunAsync(staff, facility, filter, writer, stop));
    }
}

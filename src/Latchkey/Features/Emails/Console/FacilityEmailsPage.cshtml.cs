using Latchkey.Features.Facilities;
using Microsoft.AspNetCore.Mvc;

namespace Latchkey.Features.Emails.Console;

/// <summary>The Emails tab of a facility.</summary>
public sealed class FacilityEmailsPageModel(FindMails findMails, FacilitiesOfOrganization facilities, ExportMails export, TimeProvider clock) : MailListPage(findMails, facilities, export, clock)
{
    public Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel) => ShowAsync(id, cancel);

    public Task<IActionResult> OnPostCsvAsync(Guid id, CancellationToken cancel) => ExportAsync(id, cancel);
}

using Latchkey.Features.Facilities;
using Microsoft.AspNetCore.Mvc;

namespace Latchkey.Features.Emails.Console;

/// <summary>Every mail and text of the organization, also those that belong to no facility.</summary>
public sealed class EmailsPageModel(FindMails findMails, FacilitiesOfOrganization facilities, ExportMails export, TimeProvider clock) : MailListPage(findMails, facilities, export, clock)
{
    public Task<IActionResult> OnGetAsync(CancellationToken cancel) => ShowAsync(null, cancel);

    public Task<IActionResult> OnPostCsvAsync(CancellationToken cancel) => ExportAsync(null, cancel);
}

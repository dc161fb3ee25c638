using Latchkey.Platform.Staff;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Latchkey.Features.Facilities.Console;

/// <summary>The organization's locations, each with its mails.</summary>
public sealed class FacilitiesPageModel(FacilitiesOfOrganization facilities) : PageModel
{
    public IReadOnlyList<FacilityOfOrganization> Facilities { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel) => Facilities = await facilities.ListAsync(HttpContext.Staff().OrganizationId, cancel);
}

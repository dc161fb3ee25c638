using Latchkey.Platform.Staff;
using Latchkey.Platform.Tenancy;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Latchkey.Features.Storefronts.Console;

/// <summary>The storefronts of the organization, and where each is set up.</summary>
public sealed class StorefrontListModel(StorefrontDirectory directory, PublicAddress addresses) : PageModel
{
    public IReadOnlyList<(Storefront Storefront, string Address)> Storefronts { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel) =>
        Storefronts = [.. (await directory.OfOrganizationAsync(HttpContext.Staff().OrganizationId, cancel)).Select(s => (s, addresses.Of(s)))];
}

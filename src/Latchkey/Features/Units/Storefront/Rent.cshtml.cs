using Latchkey.Platform.Tenancy;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Latchkey.Features.Units;

/// <summary>What can be rented, and whom to ask for it.</summary>
public sealed class RentModel(UnitsOfStorefront units) : PageModel
{
    public IReadOnlyList<FacilityOffer> Facilities { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel) => Facilities = await units.FindAsync(HttpContext.Storefront(), cancel);
}

using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Units;

/// <summary>The storefront's first page: where it is, what it offers, and the way to the portal.</summary>
public sealed class HomeModel(UnitsOfStorefront units, IStringLocalizer<Texts> l) : PageModel
{
    public IReadOnlyList<FacilityOffer> Facilities { get; private set; } = [];

    public string Lead => HttpContext.Storefront().Vocabulary switch
    {
        Vocabulary.Rental => l["Units by the month. Already a customer? Your rentals are in the portal."],
        Vocabulary.Subscription => l["Already a customer? Your subscription is in the portal."],
        Vocabulary.Membership => l["Already a member? Your membership is in the portal."],
    };

    public async Task OnGetAsync(CancellationToken cancel) => Facilities = await units.FindAsync(HttpContext.Storefront(), cancel);
}

using Latchkey.Features.Invoices;
using Latchkey.Features.Passkeys;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Rentals.Portal;

/// <summary>The first page of a signed-in customer.</summary>
public sealed class DashboardModel(RentalsOfAccount rentals, ReadInvoices readInvoices, PasskeyOffer passkeyOffer, IStringLocalizer<Texts> l) : PageModel
{
    public string Greeting { get; private set; } = "";
    public IReadOnlyList<Rental> Rentals { get; private set; } = [];

    /// <summary>What is to be paid; null when nothing is.</summary>
    public AmountDue? Due { get; private set; }
    public bool IsLate => Due!.Due < readInvoices.Today;

    public bool OffersPasskey { get; private set; }

    public string Heading => HttpContext.Storefront().Vocabulary switch
    {
        Vocabulary.Rental => l["Your rentals"],
        Vocabulary.Subscription => l["Your subscriptions"],
        Vocabulary.Membership => l["Your memberships"],
    };

    public string NothingHeld => HttpContext.Storefront().Vocabulary switch
    {
        Vocabulary.Rental => l["You have no active rental."],
        Vocabulary.Subscription => l["You have no active subscription."],
        Vocabulary.Membership => l["You have no active membership."],
    };

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (HttpContext.Storefront().IsConsole()) return Redirect(ConsoleRealm.Root);
        var held = await rentals.FindAsync(HttpContext.Storefront(), HttpContext.Customer()!.AccountId, cancel);
        Greeting = held.FirstName is { } name ? l["Hi, {0}", name] : l["Hi"];
        Rentals = held.Rentals;
        Due = await readInvoices.DueOfAccountAsync(HttpContext.Storefront(), HttpContext.Customer()!.AccountId, cancel);
        OffersPasskey = await passkeyOffer.IsDueAsync(HttpContext, cancel);
        return Page();
    }
}

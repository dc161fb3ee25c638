using Latchkey.Platform.Staff;
using Latchkey.Tests.Features.Contacts;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Features.Payments;

/// <summary>What came in and what is owed, as the team sees it.</summary>
public sealed class RevenueTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task Months_and_ages_are_summed_for_each_currency_and_of_the_own_organization_only()
    {
        var (storefront, other) = (await portal.StorefrontAsync(), await portal.StorefrontAsync());
        var (ann, stranger) = (await portal.ContactAsync(storefront, "Ann Archer", "ann@revenue.example"), await portal.ContactAsync(other, "Otto Other", "otto@revenue.example"));
        using var manager = await portal.StaffVisitAsync(storefront.OrganizationId, StaffRole.Manager);
        using var elsewhere = await portal.StaffVisitAsync(other.OrganizationId, StaffRole.Manager);
        (await manager.GetAsync("/revenue")).Text.ShouldContain("No invoice has been written yet.");

        await PayAsync(manager, (await portal.InvoiceAsync(storefront, ann, 8900)).Id);
        await PayAsync(manager, (await portal.InvoiceAsync(storefront, ann, 1150)).Id);
        await PayAsync(manager, (await portal.InvoiceAsync(storefront, ann, 700, "CAD")).Id);
        await PayAsync(elsewhere, (await portal.InvoiceAsync(other, stranger, 999_00)).Id);
        foreach (var (amount, dueInDays) in new[] { (100, 0), (200, -1), (300, -30), (400, -31), (500, -90), (600, -91) }) await portal.InvoiceAsync(storefront, ann, amount, dueInDays: dueInDays);

        var page = await manager.GetAsync("/revenue");
        var tables = page.Page.QuerySelectorAll("table").Select(t => string.Join('\n', t.QuerySelectorAll("tbody tr").Select(r => string.Join(' ', r.Children.Select(cell => cell.TextContent.Trim()))))).ToList();
        tables.Count.ShouldBe(3); // nobody owes Canadian dollars
        string thisMonth = portal.Clock.GetUtcNow().ToString("MMMM yyyy", System.Globalization.CultureInfo.InvariantCulture);
        tables[0].ShouldEndWith($"{thisMonth} 7.00 CAD");
        tables[1].ShouldEndWith($"{thisMonth} 100.50 USD");
        tables[1].Split('\n').Length.ShouldBe(12);
        tables[2].ShouldBe("""
            Not due yet 1 1.00 USD
            1 to 30 days ago 2 5.00 USD
            31 to 60 days ago 1 4.00 USD
            61 to 90 days ago 1 5.00 USD
            More than 90 days ago 1 6.00 USD
            """);
    }

    private static async Task PayAsync(Visit staff, Guid invoice) => (await staff.PostAsync($"/invoices/{invoice}?handler=Paid", ("way", "cash"))).Location.ShouldEndWith("?done=paid");
}

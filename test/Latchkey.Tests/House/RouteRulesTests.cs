using Microsoft.AspNetCore.Authorization;

namespace Latchkey.Tests.House;

/// <summary>Nobody opens a route by accident.</summary>
[Trait("Engine", "none")]
public sealed class RouteRulesTests
{
    [Fact]
    public async Task Every_route_is_in_the_golden_list_with_its_policy() =>
        Golden.ShouldMatch((await Routes.OfTheAppAsync()).Select(r => r.ToString()), "routes.txt");

    [Fact]
    public async Task A_public_page_behind_the_portals_fence_is_opened_by_name()
    {
        var opened = (await Routes.OfTheAppAsync()).Where(r => r.Page is not null && r.Policy == "public" && r.Page.Contains("/Portal/", StringComparison.Ordinal)).ToList();

        opened.ShouldNotBeEmpty();
        foreach (var route in opened)
            route.Model!.GetCustomAttributes(typeof(AllowAnonymousAttribute), inherit: false).ShouldNotBeEmpty($"{route.Page} is public without [AllowAnonymous]");
    }

    [Fact]
    public async Task A_page_in_a_folder_without_a_fence_is_refused_unless_it_is_opened_by_name()
    {
        var open = (await Routes.OfTheAppAsync()).Where(r => r.Page is not null && r.Policy != "refused")
            .Where(r => !new[] { "/Portal/", "/Storefront/", "/Console/" }.Any(fence => r.Page!.Contains(fence, StringComparison.Ordinal)));

        foreach (var route in open)
            route.Model!.GetCustomAttributes(typeof(AllowAnonymousAttribute), inherit: false).ShouldNotBeEmpty($"{route.Page} is {route.Policy} without saying so");
    }
}

using Latchkey.Platform.Staff;
using Latchkey.Tests.Rig;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;
using Cookie = System.Net.Cookie;

namespace Latchkey.Tests.Browser;

/// <summary>The page that says why they cannot sign in: it fits, it can be read by everybody, and it changes while the customer tries.</summary>
[Trait("Engine", "none")]
public sealed class WhyInABrowserTests(Rig.Browser browser, Portal portal) : IClassFixture<Portal>
{
    [Theory]
    [InlineData(320, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    [InlineData(1280, ColorScheme.Light)]
    public async Task It_is_accessible_and_fits(int width, ColorScheme scheme)
    {
        var storefront = await portal.StorefrontAsync();
        string address = $"ann.archer.of.the.long.address@look{width}.example";
        await portal.AccountAsync(storefront, address);
        using var ann = portal.Visit(storefront);
        await ann.AskAsync(address);
        await portal.MailsAsync(address);
        await using var desk = await DeskAsync(storefront.OrganizationId, BrowserLook.Desktop with { Width = width, ColorScheme = scheme });

        await desk.Page.GotoAsync($"/console/why?address={address}");
        await Expect(desk.Page.GetByRole(AriaRole.Heading, new() { Name = "The mail was sent and nobody has opened the link." })).ToBeVisibleAsync();
        await desk.ShouldShowWellAsync("why");
    }

    [Fact]
    public async Task It_changes_by_itself_while_the_customer_tries_and_copies_what_to_say()
    {
        var storefront = await portal.StorefrontAsync();
        await portal.AccountAsync(storefront, "ann@changes.example");
        await using var desk = await DeskAsync(storefront.OrganizationId, BrowserLook.Desktop);
        await desk.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await desk.Page.GotoAsync("/console/why?address=ann@changes.example");
        await Expect(desk.Page.GetByRole(AriaRole.Heading, new() { Name = "They were never sent a link." })).ToBeVisibleAsync();
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Copy" }).ClickAsync();
        (await desk.Page.EvaluateAsync<string>("navigator.clipboard.readText()")).ShouldContain("press Send sign-in link");
        await desk.Page.EvaluateAsync("document.activeElement.blur()");

        using var ann = portal.Visit(storefront);
        await ann.SignInAsync("ann@changes.example");
        await Expect(desk.Page.GetByRole(AriaRole.Heading, new() { Name = "Nothing is wrong: they signed in." })).ToBeVisibleAsync(new() { Timeout = 20_000 });
    }

    private async Task<BrowserVisit> DeskAsync(Guid organization, BrowserLook look)
    {
        using var staff = await portal.StaffVisitAsync(organization, StaffRole.Manager);
        var visit = await browser.VisitAsync(look with { BaseUrl = portal.Url.ToString() });
        await visit.Context.AddCookiesAsync(staff.Cookies.GetAllCookies().Where((Cookie c) => !c.Expired)
            .Select(c => new Microsoft.Playwright.Cookie { Name = c.Name, Value = c.Value, Domain = portal.Url.Host, Path = c.Path, HttpOnly = c.HttpOnly }));
        return visit;
    }
}

using Latchkey.Tests.Features.Approvals;
using Latchkey.Tests.Rig;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Latchkey.Tests.Browser;

/// <summary>The pages of support actions as Support sees them: accessible, and a picture of each.</summary>
[Trait("Engine", "none"), Trait("Category", "Screens")]
public sealed class ApprovalScreensTests(Rig.Browser browser, Portal portal) : IClassFixture<Portal>
{
    [Theory]
    [InlineData(320, ColorScheme.Light)]
    [MemberData(nameof(Looks.All), MemberType = typeof(Looks))]
    public async Task Every_page_is_accessible_and_fits(int width, ColorScheme scheme)
    {
        using var desk = await Desk.OpenAsync(portal);
        var (from, into) = (await portal.AccountAsync(desk.Storefront, "ann@work.example"), await portal.AccountAsync(desk.Storefront, "ann-archer-with-a-long-address@home.example"));
        var bob = await portal.AccountAsync(desk.Storefront, "bob@home.example", "Bob Baker");
        var approval = await desk.RequestAsync("Merge", from, into);
        await desk.RequestAsync("TakeOver", bob, into);
        await using var visit = await browser.VisitAsync(BrowserLook.Desktop with { Width = width, ColorScheme = scheme, BaseUrl = portal.Url.ToString() });
        await visit.Context.AddCookiesAsync(desk.Support.Cookies.GetAllCookies().Select(c => new Cookie { Name = c.Name, Value = c.Value, Url = portal.Url.ToString() }));

        await ShowAsync("approvals", "/console/approvals");
        await ShowAsync("approvals-none", "/console/approvals?state=Rejected");
        await ShowAsync("approval-new", "/console/approvals/new");
        await ShowAsync("approval-preview", $"/console/approvals/new?kind=Link&account={bob}&with={await desk.ContactAsync(from)}");
        await ShowAsync("approval-refused", $"/console/approvals/new?kind=Merge&account={bob}&with={bob}");
        await ShowAsync("approval", $"/console{approval}");
        await visit.Page.GetByLabel("Note").FillAsync("Called back on the number on file.");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        await Expect(visit.Page.GetByText("Done. The mailboxes are told.")).ToBeVisibleAsync();
        await visit.ShouldShowWellAsync("approval-done");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Undo the merge" }).ClickAsync();
        await Expect(visit.Page.GetByText("The merge is undone.")).ToBeVisibleAsync();

        async Task ShowAsync(string name, string address)
        {
            await visit.Page.GotoAsync(address);
            await visit.ShouldShowWellAsync(name);
        }
    }
}

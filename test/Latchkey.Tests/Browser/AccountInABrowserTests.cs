using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;
using Latchkey.Tests.Rig;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Latchkey.Tests.Browser;

[Trait("Engine", "none")]
public sealed class AccountInABrowserTests(Rig.Browser browser, PortalWithMailbox portal) : IClassFixture<PortalWithMailbox>
{
    [Fact]
    public async Task Details_are_changed_with_the_keyboard_alone()
    {
        await using var ann = await SignedInAsync("ann@keyboard.example", BrowserLook.Desktop);
        await ann.Page.GetByRole(AriaRole.Link, new() { Name = "Account" }).PressAsync("Enter");
        await Expect(ann.Page.GetByRole(AriaRole.Heading, new() { Name = "Account" })).ToBeVisibleAsync();
        await ann.Page.GetByLabel("Full name").FocusAsync();
        await ann.Page.Keyboard.PressAsync("Control+A");
        await ann.Page.Keyboard.TypeAsync("Annabel Archer");
        for (int i = 0; i < 4; i++) await ann.Page.Keyboard.PressAsync("Tab");
        await Expect(ann.Page.GetByRole(AriaRole.Button, new() { Name = "Save changes" })).ToBeFocusedAsync();
        await ann.Page.Keyboard.PressAsync("Enter");

        await Expect(ann.Page.GetByText("Your changes are saved.")).ToBeVisibleAsync();
        await ann.Page.GetByRole(AriaRole.Link, new() { Name = "Dashboard" }).ClickAsync();
        await Expect(ann.Page.GetByRole(AriaRole.Heading, new() { Name = "Hi, Annabel" })).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_address_is_changed_and_taken_back(bool javaScript)
    {
        string old = $"ann@old-{javaScript}.example".ToLowerInvariant(), next = $"ann@new-{javaScript}.example".ToLowerInvariant();
        await using var ann = await SignedInAsync(old, BrowserLook.Desktop with { JavaScript = javaScript });
        await ann.Page.GotoAsync(ann.Page.Url.Split('?')[0].TrimEnd('/') + "/account");
        await ann.Page.GetByLabel("Email").FillAsync(next);
        await ann.Page.GetByRole(AriaRole.Button, new() { Name = "Save changes" }).ClickAsync();
        await Expect(ann.Page.GetByText("Waiting for confirmation of")).ToBeVisibleAsync();

        await ann.Page.GotoAsync(await portal.LinkAsync(next, "confirm-email"));
        await ann.Page.GetByRole(AriaRole.Button, new() { Name = "Confirm this address" }).ClickAsync();
        await Expect(ann.Page.GetByLabel("Email")).ToHaveValueAsync(next);

        await ann.Page.GotoAsync(await portal.LinkAsync(old, "undo-email"));
        await ann.Page.GetByRole(AriaRole.Button, new() { Name = "Undo the change" }).ClickAsync();
        await Expect(ann.Page.GetByRole(AriaRole.Heading, new() { Name = "Your address is back" })).ToBeVisibleAsync();
        await ann.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in" }).ClickAsync();
        await Expect(ann.Page.GetByRole(AriaRole.Button, new() { Name = "Send sign-in link" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task It_is_all_in_French_too()
    {
        await using var ann = await SignedInAsync("ann@french.example", BrowserLook.Phone);
        await ann.Page.GotoAsync(ann.Page.Url.Split('?')[0].TrimEnd('/') + "/account");
        await ann.Page.GetByLabel("Language").SelectOptionAsync("fr");
        await ann.Page.GetByRole(AriaRole.Button, new() { Name = "Save changes" }).ClickAsync();

        await Expect(ann.Page.GetByText("Vos modifications sont enregistrées.")).ToBeVisibleAsync();
        await Expect(ann.Page.GetByRole(AriaRole.Button, new() { Name = "Enregistrer les modifications" })).ToBeVisibleAsync();
        await ann.ShouldBeAccessibleAsync();
    }

    [Theory, Trait("Category", "Screens")]
    [MemberData(nameof(Looks.All), MemberType = typeof(Looks))]
    public async Task Every_page_of_the_account_is_accessible_and_fits(int width, ColorScheme scheme)
    {
        string name = $"{width}-{scheme}".ToLowerInvariant(), old = $"ann@{name}.example";
        var look = BrowserLook.Desktop with { Width = width, ColorScheme = scheme };
        var (storefront, ann) = await VisitAsync(old, look);
        await using var _ = ann;
        var here = await portal.ScalarAsync<Guid>("select id from session where storefront_id = @Id", new { storefront.Id });
        await using (var other = await browser.VisitAsync(look with { BaseUrl = portal.Url.ToString() })) await SignInAsync(other, storefront, old);
        await portal.ExecuteAsync("update session set means = 'staff link' where storefront_id = @Id and id <> @here", new { storefront.Id, here });
        string account = $"/s/{storefront.Slug}/portal/account";

        await ann.Page.GotoAsync(account);
        await TakeAsync("account");
        await ann.Page.GetByLabel("Full name").FillAsync("");
        await ann.Page.GetByLabel("Phone").FillAsync("ring me");
        await ann.Page.GetByRole(AriaRole.Button, new() { Name = "Save changes" }).ClickAsync();
        await Expect(ann.Page.GetByText("Nothing was saved yet. Please check:")).ToBeVisibleAsync();
        await TakeAsync("account-problems");
        await ann.Page.GotoAsync(account);
        await ann.Page.GetByLabel("Email").FillAsync($"ann@new-{name}.example");
        await ann.Page.GetByRole(AriaRole.Button, new() { Name = "Save changes" }).ClickAsync();
        await Expect(ann.Page.GetByText("Waiting for confirmation of")).ToBeVisibleAsync();
        await TakeAsync("account-waiting");
        await ann.Page.GotoAsync(await portal.LinkAsync($"ann@new-{name}.example", "confirm-email"));
        await TakeAsync("account-confirm-email");
        await ann.Page.GetByRole(AriaRole.Button, new() { Name = "Confirm this address" }).ClickAsync();
        await Expect(ann.Page.GetByText("Your changes are saved.")).ToBeVisibleAsync();
        await ann.Page.GotoAsync(await portal.LinkAsync(old, "undo-email"));
        await TakeAsync("account-undo-email");
        portal.Clock.Advance(LiveSession.FreshFor);
        await ann.Page.GotoAsync($"{account}/confirm?next=email");
        await TakeAsync("account-confirm");

        Task TakeAsync(string page) => ann.ShouldShowWellAsync(page);
    }

    private async Task<BrowserVisit> SignedInAsync(string address, BrowserLook look) => (await VisitAsync(address, look)).Visit;

    private async Task<(Storefront Storefront, BrowserVisit Visit)> VisitAsync(string address, BrowserLook look)
    {
        var storefront = await portal.StorefrontAsync(SignInPolicy.Password);
        await portal.AccountAsync(storefront, address);
        var visit = await browser.VisitAsync(look with { BaseUrl = portal.Url.ToString() });
        await SignInAsync(visit, storefront, address, look.JavaScript);
        return (storefront, visit);
    }

    private async Task SignInAsync(BrowserVisit visit, Storefront storefront, string address, bool javaScript = true)
    {
        await CustomerInABrowserTests.AskAsync(visit, storefront.Slug, address);
        await visit.Page.GotoAsync(await portal.LinkAsync(address));
        // In the browser that asked the page submits itself, unless it has no script.
        if (!javaScript) await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Hi, Ann" })).ToBeVisibleAsync();
    }
}

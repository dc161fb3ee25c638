using Latchkey.Tests.Platform.Mail.Rig;
using Latchkey.Tests.Rig;
using static Microsoft.Playwright.Assertions;

namespace Latchkey.Tests.Browser;

public sealed class CustomerInABrowserTests(Rig.Browser browser, PortalWithMailbox portal) : IClassFixture<PortalWithMailbox>
{
    [Fact]
    public async Task One_click_leads_from_the_built_in_mailbox_to_the_dashboard()
    {
        var storefront = await portal.StorefrontAsync();
        await portal.AccountAsync(storefront, "ann@browser.example");
        await using var ann = await browser.VisitAsync(BrowserLook.Phone with { BaseUrl = portal.Url.ToString() });

        await AskAsync(ann, storefront.Slug, "ann@browser.example");
        await ann.Page.GotoAsync("/mailbox");
        await ann.Page.GetByText("Sign in to").First.ClickAsync();
        await ann.Page.Locator("main a[href*='/portal/link/']").First.ClickAsync();

        await Expect(ann.Page.GetByRole(Microsoft.Playwright.AriaRole.Heading, new() { Name = "Hi, Ann" })).ToBeVisibleAsync();
        await Expect(ann.Page).ToHaveURLAsync($"{portal.Url}s/{storefront.Slug}/portal");
    }

    [Fact]
    public async Task Another_browser_asks_before_it_signs_in()
    {
        var storefront = await portal.StorefrontAsync();
        await portal.AccountAsync(storefront, "ann@other-browser.example");
        await using var laptop = await browser.VisitAsync(BrowserLook.Desktop with { BaseUrl = portal.Url.ToString() });
        await AskAsync(laptop, storefront.Slug, "ann@other-browser.example");
        var link = await portal.LinkAsync("ann@other-browser.example");
        await using var phone = await browser.VisitAsync(BrowserLook.Phone with { BaseUrl = portal.Url.ToString() });

        await phone.Page.GotoAsync(link);
        await Expect(phone.Page.GetByText("You are about to sign in as a•••@o•••.example")).ToBeVisibleAsync();
        await phone.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();

        await Expect(phone.Page.GetByRole(Microsoft.Playwright.AriaRole.Heading, new() { Name = "Hi, Ann" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Everything_works_without_javascript()
    {
        var storefront = await portal.StorefrontAsync();
        await portal.AccountAsync(storefront, "ann@noscript.example");
        await using var ann = await browser.VisitAsync(BrowserLook.Desktop with { BaseUrl = portal.Url.ToString(), JavaScript = false });
        await AskAsync(ann, storefront.Slug, "ann@noscript.example");

        await ann.Page.GotoAsync(await portal.LinkAsync("ann@noscript.example"));
        await ann.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(ann.Page.GetByRole(Microsoft.Playwright.AriaRole.Heading, new() { Name = "Hi, Ann" })).ToBeVisibleAsync();
        await ann.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(ann.Page.GetByLabel("Email")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_scanner_that_runs_scripts_does_not_burn_the_link()
    {
        var storefront = await portal.StorefrontAsync();
        await portal.AccountAsync(storefront, "ann@scanned.example");
        await using var ann = await browser.VisitAsync(BrowserLook.Desktop with { BaseUrl = portal.Url.ToString() });
        await AskAsync(ann, storefront.Slug, "ann@scanned.example");
        var link = await portal.LinkAsync("ann@scanned.example");

        for (int i = 0; i < 3; i++)
        {
            await using var scanner = await browser.VisitAsync(BrowserLook.Desktop with { BaseUrl = portal.Url.ToString() });
            await scanner.Page.GotoAsync(link, new() { WaitUntil = Microsoft.Playwright.WaitUntilState.NetworkIdle });
            scanner.Page.Url.ShouldBe(link);
        }

        await ann.Page.GotoAsync(link);
        await Expect(ann.Page.GetByRole(Microsoft.Playwright.AriaRole.Heading, new() { Name = "Hi, Ann" })).ToBeVisibleAsync();
    }

    internal static async Task AskAsync(BrowserVisit visit, string slug, string address)
    {
        await visit.Page.GotoAsync($"/s/{slug}/portal");
        await visit.Page.GetByLabel("Email").FillAsync(address);
        await visit.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Send sign-in link" }).ClickAsync();
        await Expect(visit.Page.GetByRole(Microsoft.Playwright.AriaRole.Heading, new() { Name = "Check your mail" })).ToBeVisibleAsync();
    }
}

public sealed class CustomerWithPostfixTests(Rig.Browser browser, PortalWithPostfix portal) : IClassFixture<PortalWithPostfix>
{
    [Fact]
    public async Task A_link_that_came_by_Postfix_opens_the_dashboard()
    {
        var storefront = await portal.StorefrontAsync(name: "Entrepôt d'Été & Fils");
        var address = $"ann.{Guid.NewGuid():n}@postfix.example";
        await portal.AccountAsync(storefront, address, "Ann Archer");
        await using var ann = await browser.VisitAsync(BrowserLook.Desktop with { BaseUrl = portal.Url.ToString() });
        await CustomerInABrowserTests.AskAsync(ann, storefront.Slug, address);

        var mail = new MailReader(await TestEnvironment.Postfix.Maildir.WaitAsync(address, TestContext.Current.CancellationToken));
        mail.Subject.ShouldContain("Entrepôt d'Été & Fils");
        mail.Html.ShouldContain($"/portal/link/{Visit.TokenIn(mail.Text)}");
        await ann.Page.GotoAsync($"/s/{storefront.Slug}/portal/link/{Visit.TokenIn(mail.Text)}");

        await Expect(ann.Page.GetByRole(Microsoft.Playwright.AriaRole.Heading, new() { Name = "Hi, Ann" })).ToBeVisibleAsync();
        (await portal.ScalarAsync<string>("select state from mail where to_address = @address", new { address })).ShouldBe("sent");
    }
}

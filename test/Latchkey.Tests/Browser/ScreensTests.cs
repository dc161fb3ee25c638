using Latchkey.Features.Demo;
using Latchkey.SignIn;
using Latchkey.Tests.Rig;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Latchkey.Tests.Browser;

/// <summary>Every page as a person sees it, on a phone and a desktop, light and dark: accessible, and a picture of each for docs/screens.</summary>
[Trait("Engine", "none"), Trait("Category", "Screens")]
public sealed class ScreensTests(Rig.Browser browser, PortalWithMailbox portal) : IClassFixture<PortalWithMailbox>
{
    private const string Ann = "ann@example.com";

    [Theory]
    [MemberData(nameof(Looks.All), MemberType = typeof(Looks))]
    public async Task Every_page_is_accessible_and_fits(int width, ColorScheme scheme)
    {
        await portal.Services.GetRequiredService<LoadDemo>().RunAsync(TestContext.Current.CancellationToken);
        var look = BrowserLook.Desktop with { Width = width, ColorScheme = scheme, BaseUrl = portal.Url.ToString() };
        await using var visit = await browser.VisitAsync(look);

        await ShowAsync("storefront", "/s/northgate/");
        await ShowAsync("rent", "/s/northgate/rent");
        await ShowAsync("sign-in", "/s/northgate/portal/sign-in");
        await ShowAsync("sign-in-french", "/s/northgate/portal/sign-in?lang=fr");
        await ShowAsync("organization-not-found", "/s/nobody/portal?lang=en");
        await ShowAsync("link-damaged", "/s/northgate/portal/link/damaged?lang=en");
        await ShowAsync("page-not-found", "/s/northgate/nowhere");
        await using (var stuck = await browser.VisitAsync(look))
        {
            await stuck.Page.Clock.SetFixedTimeAsync(portal.Clock.GetUtcNow().UtcDateTime);
            await stuck.Page.GotoAsync("/s/northgate/portal/sign-in");
            await stuck.Page.GetByRole(AriaRole.Link, new() { Name = "Can't sign in?" }).ClickAsync();
            await Expect(stuck.Page.GetByText("The clock of this device is wrong.")).ToBeHiddenAsync();
            await TakeAsync("cant-sign-in", stuck);
            await stuck.Page.GetByRole(AriaRole.Link, new() { Name = "No mail has come" }).ClickAsync();
            await TakeAsync("cant-sign-in-mail", stuck);
            await stuck.Page.GotoAsync("/s/northgate/portal/sign-in/help?about=link");
            await TakeAsync("cant-sign-in-link", stuck);
            await stuck.Page.Clock.SetFixedTimeAsync(portal.Clock.GetUtcNow().UtcDateTime.AddDays(-3));
            await stuck.Page.GotoAsync("/s/northgate/portal/sign-in/help");
            await Expect(stuck.Page.GetByText("The clock of this device is wrong.")).ToBeVisibleAsync();
        }
        await ShowAsync("find-portal", "/find-portal");
        await using (var strange = await browser.VisitAsync(look))
        {
            await strange.Page.GotoAsync("/s/northgate/portal/sign-in/cookies");
            await TakeAsync("cookies-off", strange);
        }

        await AskAsync("northgate");
        await TakeAsync("check-mail");
        var link = await portal.LinkAsync(Ann);
        await using (var other = await browser.VisitAsync(look))
        {
            await other.Page.GotoAsync(link);
            await TakeAsync("link-confirm", other);
        }
        await visit.Page.GotoAsync(link);
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Hi, Ann" })).ToBeVisibleAsync();
        await TakeAsync("dashboard");
        await ShowAsync("billing", "/s/northgate/portal/billing");
        await visit.Page.Locator(".rows form button").First.ClickAsync();
        await Expect(visit.Page.GetByText("This is a test. No money moves.")).ToBeVisibleAsync();
        await TakeAsync("test-checkout");
        await visit.Page.GetByText("Cancel and go back").ClickAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "INV-0001" }).ClickAsync();
        await TakeAsync("invoice");
        await visit.Page.GotoAsync("/s/northgate/portal");
        await visit.WithPasskeyDeviceAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Chrome on Linux" })).ToBeVisibleAsync();
        await TakeAsync("passkeys");
        await visit.Page.Locator("summary", new() { HasText = "Rename or remove" }).ClickAsync();
        await TakeAsync("passkey-open");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Remove passkey" }).ClickAsync();
        await Expect(visit.Page.GetByText("You have no passkey yet.")).ToBeVisibleAsync();
        await using (var other = await browser.VisitAsync(look))
        {
            await other.Page.GotoAsync(link);
            await TakeAsync("link-used", other);
        }

        await AskAsync("beanbox");
        await TakeAsync("check-mail-code");
        var old = await portal.LinkAsync(Ann);
        portal.Clock.Advance(SignInPolicy.Subscription.LinkLifetime);
        await ShowAsync("link-expired", old);
        portal.Clock.Advance(TimeSpan.FromHours(1));

        await AskAsync("northgate-rv", "nobody@example.com");
        for (int i = 0; i < 5; i++)
        {
            portal.Clock.Advance(TimeSpan.FromSeconds(31));
            await visit.Page.GotoAsync("/s/northgate-rv/portal/sign-in");
            await visit.Page.GetByLabel("Email").FillAsync("nobody@example.com");
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Send sign-in link" }).ClickAsync();
        }
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Too many requests" })).ToBeVisibleAsync();
        await TakeAsync("too-many-requests");
        portal.Clock.Advance(TimeSpan.FromHours(1));

        await ShowAsync("mailbox", "/mailbox");
        await visit.Page.GotoAsync("about:blank"); // a mail program does not have the portal's content policy
        await visit.Page.SetContentAsync(await NewestHtmlAsync("northgate"));
        await TakeAsync("mail");
        await visit.Page.SetContentAsync(await NewestHtmlAsync("beanbox"));
        await TakeAsync("mail-code");

        async Task ShowAsync(string name, string address)
        {
            await visit.Page.GotoAsync(address);
            await TakeAsync(name);
        }

        Task TakeAsync(string name, BrowserVisit? of = null) => (of ?? visit).ShouldShowWellAsync(name);

        async Task AskAsync(string slug, string address = Ann)
        {
            await CustomerInABrowserTests.AskAsync(visit, slug, address);
            await portal.SettleAsync();
        }
    }

    private async Task<string> NewestHtmlAsync(string slug) => (await portal.MessagesAsync(Ann)).First(m => m.Storefront == slug).Html;
}

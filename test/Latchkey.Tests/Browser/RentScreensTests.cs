using Latchkey.Tests.Features.Contacts;
using Latchkey.Tests.Features.SignUps;
using Latchkey.Tests.Rig;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Latchkey.Tests.Browser;

/// <summary>Renting as people do it, in Chromium: a new visitor in English on a desktop, a customer who forgot that they are one in French on a phone.</summary>
[Trait("Engine", "none"), Trait("Category", "Screens")]
public sealed class RentScreensTests(Rig.Browser browser, Portal portal) : IClassFixture<Portal>
{
    [Theory]
    [MemberData(nameof(Looks.All), MemberType = typeof(Looks))]
    public async Task A_new_visitor_rents_a_unit(int width, ColorScheme scheme)
    {
        await using var nora = await browser.VisitAsync(BrowserLook.Desktop with { Width = width, ColorScheme = scheme, BaseUrl = portal.Url.ToString() });
        var (page, address) = (nora.Page, $"nora{width}{scheme}@example.com".ToLowerInvariant());
        var storefront = await portal.StorefrontAsync(locale: "en");
        await portal.OfferAsync(storefront, units: 3);

        await page.GotoAsync($"/s/{storefront.Slug}/rent?lang=en");
        await nora.ShouldShowWellAsync("rent-choose");
        await page.GetByRole(AriaRole.Button, new() { Name = "Choose 10 m², Riverside" }).ClickAsync();
        await Expect(page.GetByText("This unit is held for you for")).ToBeVisibleAsync();
        await nora.ShouldShowWellAsync("rent-dates");
        await page.GetByRole(AriaRole.Button, new() { Name = "Next" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Next" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert).GetByText("Type your name.")).ToBeVisibleAsync();
        await nora.ShouldShowWellAsync("rent-details");
        await page.GetByLabel("Full name").FillAsync("Nora New");
        await page.GetByLabel("Email").FillAsync(address);
        await page.GetByRole(AriaRole.Button, new() { Name = "Next" }).ClickAsync();
        await page.GetByText("Contents cover").ClickAsync();
        await nora.ShouldShowWellAsync("rent-options");
        await page.GetByRole(AriaRole.Button, new() { Name = "Next" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Then monthly" })).ToBeVisibleAsync();
        await nora.ShouldShowWellAsync("rent-review");
        await page.GoBackAsync();
        await Expect(page.GetByLabel("Contents cover")).ToBeCheckedAsync();
        await page.GoForwardAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Pay " }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Pay with the card Visa 4242" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "That's it, thank you" })).ToBeVisibleAsync(new() { Timeout = 20_000 });
        await nora.ShouldShowWellAsync("rent-done");
        (await portal.MailAboutAsync(address, "Welcome to")).Text.ShouldContain("is yours from");
    }

    [Fact]
    public async Task A_customer_who_forgot_that_they_are_one_goes_on_by_the_mail_in_French_without_JavaScript()
    {
        var storefront = await portal.StorefrontAsync(locale: "fr");
        await portal.OfferAsync(storefront, units: 3);
        await portal.AccountAsync(storefront, "anne@oublie.example", "Anne Archer");
        await using var anne = await browser.VisitAsync(BrowserLook.Phone with { BaseUrl = portal.Url.ToString(), JavaScript = false });
        var page = anne.Page;

        await page.GotoAsync($"/s/{storefront.Slug}/");
        await page.GetByRole(AriaRole.Link, new() { Name = "Louer" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Choisir 10 m², Riverside" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Suivant" }).ClickAsync();
        await page.GetByLabel("Nom complet").FillAsync("Anne A.");
        await page.GetByLabel("Courriel").FillAsync("anne@oublie.example");
        await page.GetByRole(AriaRole.Button, new() { Name = "Suivant" }).ClickAsync();
        await Expect(page.GetByText("Si anne@oublie.example a un compte ici")).ToBeVisibleAsync();

        await page.GotoAsync($"/s/{storefront.Slug}/portal/link/{Visit.TokenIn((await portal.MailsAsync("anne@oublie.example"))[0].Text)}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Se connecter" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "À payer aujourd’hui" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Payer " }).ClickAsync();
        await page.Locator("button[value=Card]").ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "C’est fait, merci" })).ToBeVisibleAsync(new() { Timeout = 20_000 });
        await page.GotoAsync($"/s/{storefront.Slug}/portal");
        await Expect(page.GetByText("Local A01")).ToBeVisibleAsync();
    }

    [Theory]
    [MemberData(nameof(Looks.All), MemberType = typeof(Looks))]
    public async Task The_console_shows_units_and_what_customers_hold(int width, ColorScheme scheme)
    {
        var storefront = await portal.StorefrontAsync();
        await portal.OfferAsync(storefront, units: 3);
        var ann = await portal.ContactAsync(storefront, "Ann Archer", "ann@units.example");
        using var signedIn = await portal.ManagerAsync(storefront);
        await using var staff = await browser.VisitAsync(BrowserLook.Desktop with { Width = width, ColorScheme = scheme, BaseUrl = portal.Url.ToString() });
        await staff.Context.AddCookiesAsync(signedIn.Cookies.GetAllCookies().Select(c => new Cookie { Name = c.Name, Value = c.Value, Domain = portal.Url.Host, Path = c.Path, HttpOnly = true }));
        var page = staff.Page;

        await page.GotoAsync($"/console/subscriptions/new?contact={ann}&lang=en");
        await staff.ShouldShowWellAsync("console-subscription-new");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start" }).ClickAsync();
        await Expect(page.GetByText("It is started.")).ToBeVisibleAsync();
        await staff.ShouldShowWellAsync("console-subscription");
        await page.GotoAsync("/console/units");
        await staff.ShouldShowWellAsync("console-units");
        await page.GetByRole(AriaRole.Link, new() { Name = "Options at Riverside" }).ClickAsync();
        await staff.ShouldShowWellAsync("console-options");
        await page.GotoAsync("/console/units");
        await page.GetByRole(AriaRole.Link, new() { Name = "10 m²" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Units", Exact = true })).ToBeVisibleAsync();
        await staff.ShouldShowWellAsync("console-unit-type");
        await page.GotoAsync("/console/units");
        await page.GetByRole(AriaRole.Link, new() { Name = "New type at Riverside" }).ClickAsync();
        await staff.ShouldShowWellAsync("console-unit-type-new");
    }
}

using System.Globalization;
using Latchkey.Tests.Features.Contacts;
using Latchkey.Tests.Features.SignUps;
using Latchkey.Tests.Rig;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Latchkey.Tests.Browser;

/// <summary>
/// Renting as people do it, in Chromium: a new visitor, in English by light and in French by dark; and a customer who forgot that they are
/// one, on a phone, in English with scripts and in French without.
/// </summary>
[Trait("Engine", "none"), Trait("Category", "Screens")]
public sealed class RentScreensTests(Rig.Browser browser, Portal portal) : IClassFixture<Portal>
{
    private static readonly Words English = new("Rent", "Choose", "This unit is held for you for", "Next", "Type your name.", "Full name", "Email", "Then monthly", "Pay ", "Pay with the card Visa 4242",
        "That's it, thank you", "Welcome to", "is yours from", "If {0} has an account here", "Sign in", "Due today", "Unit A01");

    private static readonly Words French = new("Louer", "Choisir", "Ce local vous est gardé encore", "Suivant", "Indiquez votre nom.", "Nom complet", "Courriel", "Ensuite chaque mois", "Payer ",
        "Payer avec la carte Visa 4242", "C’est fait, merci", "Bienvenue chez", "est à vous à partir du", "Si {0} a un compte ici", "Se connecter", "À payer aujourd’hui", "Local A01");

    [Theory]
    [MemberData(nameof(Looks.All), MemberType = typeof(Looks))]
    public async Task A_new_visitor_rents_a_unit(int width, ColorScheme scheme)
    {
        var (language, words) = scheme == ColorScheme.Dark ? ("fr", French) : ("en", English);
        await using var nora = await browser.VisitAsync(BrowserLook.Desktop with { Width = width, ColorScheme = scheme, BaseUrl = portal.Url.ToString() });
        var (page, address) = (nora.Page, $"nora{width}{scheme}@example.com".ToLowerInvariant());
        var storefront = await portal.StorefrontAsync(locale: language);
        await portal.OfferAsync(storefront, units: 3);

        await page.GotoAsync($"/s/{storefront.Slug}/rent?lang={language}");
        await nora.ShouldShowWellAsync("rent-choose");
        await PressAsync(page, $"{words.Choose} 10 m², Riverside");
        await Expect(page.GetByText(words.Held)).ToBeVisibleAsync();
        await nora.ShouldShowWellAsync("rent-dates");
        await PressAsync(page, words.Next);
        await PressAsync(page, words.Next);
        await Expect(page.GetByRole(AriaRole.Alert).GetByText(words.TypeYourName)).ToBeVisibleAsync();
        await nora.ShouldShowWellAsync("rent-details");
        await page.GetByLabel(words.FullName).FillAsync("Nora New");
        await page.GetByLabel(words.Email).FillAsync(address);
        await PressAsync(page, words.Next);
        await page.GetByText("Contents cover").ClickAsync();
        await nora.ShouldShowWellAsync("rent-options");
        await PressAsync(page, words.Next);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = words.ThenMonthly })).ToBeVisibleAsync();
        await nora.ShouldShowWellAsync("rent-review");
        await page.GoBackAsync();
        await Expect(page.GetByLabel("Contents cover")).ToBeCheckedAsync();
        await page.GoForwardAsync();
        await PressAsync(page, words.Pay);
        await PressAsync(page, words.PayByCard);

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = words.Done })).ToBeVisibleAsync(new() { Timeout = 20_000 });
        await nora.ShouldShowWellAsync("rent-done");
        (await portal.MailAboutAsync(address, words.Welcome)).Text.ShouldContain(words.IsYours);
    }

    [Theory]
    [InlineData("en", true)]
    [InlineData("fr", false)]
    public async Task A_customer_who_forgot_that_they_are_one_goes_on_by_the_mail(string language, bool scripts)
    {
        var words = language == "fr" ? French : English;
        string email = $"anne-{language}@oublie.example";
        var storefront = await portal.StorefrontAsync(locale: language);
        await portal.OfferAsync(storefront, units: 3);
        await portal.AccountAsync(storefront, email, "Anne Archer");
        await using var anne = await browser.VisitAsync(BrowserLook.Phone with { BaseUrl = portal.Url.ToString(), JavaScript = scripts });
        var page = anne.Page;

        await page.GotoAsync($"/s/{storefront.Slug}/");
        await page.GetByRole(AriaRole.Link, new() { Name = words.Rent }).First.ClickAsync();
        await PressAsync(page, $"{words.Choose} 10 m², Riverside");
        await PressAsync(page, words.Next);
        await page.GetByLabel(words.FullName).FillAsync("Anne A.");
        await page.GetByLabel(words.Email).FillAsync(email);
        await PressAsync(page, words.Next);
        await Expect(page.GetByText(string.Format(CultureInfo.InvariantCulture, words.IfThere, email))).ToBeVisibleAsync();

        await page.GotoAsync($"/s/{storefront.Slug}/portal/link/{Visit.TokenIn((await portal.MailsAsync(email))[0].Text)}");
        // In the browser that asked, with scripts, the page presses the button itself.
        if (!scripts) await PressAsync(page, words.SignIn);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = words.DueToday })).ToBeVisibleAsync();
        await PressAsync(page, words.Pay);
        await page.Locator("button[value=Card]").ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = words.Done })).ToBeVisibleAsync(new() { Timeout = 20_000 });
        await page.GotoAsync($"/s/{storefront.Slug}/portal");
        await Expect(page.GetByText(words.Unit)).ToBeVisibleAsync();
        if (scripts) await anne.ShouldBeAccessibleAsync();
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

    private static Task PressAsync(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name }).ClickAsync();

    private sealed record Words(string Rent, string Choose, string Held, string Next, string TypeYourName, string FullName, string Email, string ThenMonthly, string Pay, string PayByCard,
        string Done, string Welcome, string IsYours, string IfThere, string SignIn, string DueToday, string Unit);
}

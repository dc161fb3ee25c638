using System.Globalization;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Latchkey.Tests.Rig;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Latchkey.Tests.Browser;

[Trait("Engine", "none")]
public sealed class PasskeysInABrowserTests(Rig.Browser browser, PortalWithMailbox portal) : IClassFixture<PortalWithMailbox>
{
    [Theory]
    [InlineData("en")]
    [InlineData("fr")]
    public async Task From_the_offer_to_the_last_day_of_a_passkey(string language)
    {
        var storefront = await portal.StorefrontAsync();
        var address = $"ann@{language}.passkeys.example";
        await portal.AccountAsync(storefront, address);
        await using var ann = await VisitAsync();
        var device = await ann.WithPasskeyDeviceAsync();
        var page = ann.Page;
        string L(string text) => In(language, text);

        // The offer after signing in by mail, taken with the keyboard.
        await page.GotoAsync($"/s/{storefront.Slug}/portal/sign-in?lang={language}");
        await ann.ShouldBeAccessibleAsync();
        await page.GetByLabel(L("Email")).FillAsync(address);
        await page.GetByLabel(L("Email")).PressAsync("Enter");
        await Expect(Heading(page, L("Check your mail"))).ToBeVisibleAsync();
        await page.GotoAsync(await portal.LinkAsync(address));
        await Expect(Heading(page, L("Sign in faster next time"))).ToBeVisibleAsync();
        await ann.ShouldBeAccessibleAsync();
        await Button(page, L("Add a passkey")).PressAsync("Enter");
        await Expect(Heading(page, L("Passkeys"))).ToBeVisibleAsync();
        await Expect(Heading(page, In(language, "{0} on {1}", "Chrome", "Linux"))).ToBeVisibleAsync();
        (await device.CountAsync()).ShouldBe(1);
        await ann.ShouldBeAccessibleAsync();

        // It signs in, and is not offered again.
        await Button(page, L("Sign out")).ClickAsync();
        await Button(page, L("Sign in with a passkey")).PressAsync("Enter");
        await Expect(page.GetByText(address)).ToBeVisibleAsync();
        await Expect(Heading(page, L("Sign in faster next time"))).ToHaveCountAsync(0);

        // A name of one's own, and the end.
        await page.GotoAsync($"/s/{storefront.Slug}/portal/account/passkeys");
        await page.Locator("summary", new() { HasText = L("Rename or remove") }).PressAsync("Enter");
        await page.GetByLabel(L("New name")).FillAsync("Ann’s laptop");
        await page.GetByLabel(L("New name")).PressAsync("Enter");
        await Expect(Heading(page, "Ann’s laptop")).ToBeVisibleAsync();
        await page.Locator("summary", new() { HasText = L("Rename or remove") }).PressAsync("Enter");
        await ann.ShouldBeAccessibleAsync();
        await Button(page, L("Remove passkey")).PressAsync("Enter");
        await Expect(page.GetByText(L("You have no passkey yet."))).ToBeVisibleAsync();

        // Afterwards the device's passkey leads on to the mail.
        await Button(page, L("Sign out")).ClickAsync();
        await Button(page, L("Sign in with a passkey")).ClickAsync();
        await Expect(page.GetByText(L("This passkey is not known here any more. Use your email instead."))).ToBeVisibleAsync();
        await ann.ShouldBeAccessibleAsync();
        await page.GetByLabel(L("Email")).FillAsync(address);
        await Button(page, L("Send sign-in link")).ClickAsync();
        await Expect(Heading(page, L("Check your mail"))).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Somebody_else_at_the_device_is_led_to_the_mail()
    {
        var storefront = await portal.StorefrontAsync();
        await using var ann = await VisitAsync();
        var device = await ann.WithPasskeyDeviceAsync();
        await SignInWithPasskeyAddedAsync(ann, storefront, "ann@else.passkeys.example");
        await Button(ann.Page, "Sign out").ClickAsync();
        await device.RecognisesAsync(owner: false);

        await Button(ann.Page, "Sign in with a passkey").ClickAsync();

        await Expect(ann.Page.GetByText("No passkey was used. Use your email instead.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_same_device_is_not_added_twice()
    {
        var storefront = await portal.StorefrontAsync();
        await using var ann = await VisitAsync();
        await ann.WithPasskeyDeviceAsync();
        await SignInWithPasskeyAddedAsync(ann, storefront, "ann@twice.passkeys.example");

        await Button(ann.Page, "Add a passkey").ClickAsync();

        await Expect(ann.Page.GetByText("This device already has a passkey for your account.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Not_now_takes_the_offer_away()
    {
        var storefront = await portal.StorefrontAsync();
        await portal.AccountAsync(storefront, "ann@later.passkeys.example");
        await using var ann = await VisitAsync();
        await SignInAsync(ann, storefront, "ann@later.passkeys.example");

        await Button(ann.Page, "Not now").ClickAsync();

        await Expect(Heading(ann.Page, "Hi, Ann")).ToBeVisibleAsync();
        await Expect(Heading(ann.Page, "Sign in faster next time")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Without_scripts_or_under_another_name_of_the_server_the_button_is_not_there()
    {
        var storefront = await portal.StorefrontAsync();
        var address = $"/s/{storefront.Slug}/portal/sign-in";
        await using var plain = await VisitAsync(javaScript: false);
        await using var elsewhere = await VisitAsync();

        await plain.Page.GotoAsync(address);
        await elsewhere.Page.GotoAsync($"http://127.0.0.1:{portal.Url.Port}{address}", new() { WaitUntil = WaitUntilState.NetworkIdle });

        foreach (var page in new[] { plain.Page, elsewhere.Page })
        {
            await Expect(Button(page, "Send sign-in link")).ToBeVisibleAsync();
            await Expect(Button(page, "Sign in with a passkey")).ToBeHiddenAsync();
        }
    }

    [Fact]
    public async Task Without_scripts_passkeys_are_still_listed_and_removed()
    {
        var storefront = await portal.StorefrontAsync();
        await using var ann = await VisitAsync();
        await ann.WithPasskeyDeviceAsync();
        await SignInWithPasskeyAddedAsync(ann, storefront, "ann@plain.passkeys.example");
        await using var plain = await VisitAsync(javaScript: false);
        await plain.Context.AddCookiesAsync((await ann.Context.CookiesAsync()).Select(c => new Cookie { Name = c.Name, Value = c.Value, Url = portal.Url.ToString() }));

        await plain.Page.GotoAsync($"/s/{storefront.Slug}/portal/account/passkeys");
        await Expect(plain.Page.GetByText("To add one, open this page in a browser that knows passkeys")).ToBeVisibleAsync();
        await plain.Page.Locator("summary", new() { HasText = "Rename or remove" }).ClickAsync();
        await Button(plain.Page, "Remove passkey").ClickAsync();

        await Expect(plain.Page.GetByText("You have no passkey yet.")).ToBeVisibleAsync();
    }

    Task<BrowserVisit> VisitAsync(bool javaScript = true) => browser.VisitAsync(BrowserLook.Desktop with { BaseUrl = portal.Url.ToString(), JavaScript = javaScript });

    async Task SignInWithPasskeyAddedAsync(BrowserVisit visit, Storefront storefront, string address)
    {
        await portal.AccountAsync(storefront, address);
        await SignInAsync(visit, storefront, address);
        await Button(visit.Page, "Add a passkey").ClickAsync();
        await Expect(Heading(visit.Page, "Chrome on Linux")).ToBeVisibleAsync();
    }

    async Task SignInAsync(BrowserVisit visit, Storefront storefront, string address)
    {
        await CustomerInABrowserTests.AskAsync(visit, storefront.Slug, address);
        await visit.Page.GotoAsync(await portal.LinkAsync(address));
        await Expect(Heading(visit.Page, "Sign in faster next time")).ToBeVisibleAsync();
    }

    string In(string language, string text, params object[] values)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        return portal.Services.GetRequiredService<IStringLocalizer<Texts>>()[text, values];
    }

    static ILocator Heading(IPage page, string name) => page.GetByRole(AriaRole.Heading, new() { Name = name, Exact = true });

    static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
}

using System.Text.RegularExpressions;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;
using Latchkey.Tests.Rig;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Latchkey.Tests.Browser;

/// <summary>Numbers, texts and refusals as people meet them: in English and French, on a phone and by keyboard, with and without JavaScript.</summary>
public sealed partial class WaysInTests(Rig.Browser browser, PortalWithMailbox portal) : IClassFixture<PortalWithMailbox>
{
    [Theory]
    [InlineData("en", true, "Number on the page where you asked", "Sign in", "Hi, Ann")]
    [InlineData("fr", true, "Nombre affiché sur la page de votre demande", "Se connecter", "Bonjour Ann")]
    [InlineData("en", false, "Number on the page where you asked", "Sign in", "Hi, Ann")]
    public async Task Two_digits_carry_a_sign_in_from_the_desk_to_the_phone(string language, bool scripts, string label, string button, string greeting)
    {
        var (storefront, email, _) = await CustomerAsync(SignInPolicy.New with { OtherBrowser = OtherBrowser.Match });
        await using var desk = await VisitAsync(BrowserLook.Desktop with { JavaScript = scripts });
        await AskAsync(desk, storefront, language, email);
        string number = await desk.Page.Locator(".number").InnerTextAsync();

        await using var phone = await VisitAsync(BrowserLook.Phone with { JavaScript = scripts });
        await phone.Page.GotoAsync($"{await portal.LinkAsync(email)}?lang={language}");
        if (scripts)
        {
            await phone.ShouldBeAccessibleAsync();
            await desk.ShouldBeAccessibleAsync();
        }
        await phone.Page.GetByLabel(label).FillAsync(number == "10" ? "11" : "10");
        await phone.Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
        await Expect(phone.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("2");
        await phone.Page.GetByLabel(label).FillAsync(number);
        await phone.Page.Keyboard.PressAsync("Enter");
        await Expect(phone.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync(greeting);
    }

    [Theory]
    [InlineData("en", "Email or phone", "Code from the mail")]
    [InlineData("fr", "Courriel ou téléphone", "Code reçu par courriel")]
    public async Task A_phone_number_and_the_code_of_its_text_sign_in_by_keyboard_alone(string language, string field, string code)
    {
        var (storefront, _, phone) = await CustomerAsync(SignInPolicy.Subscription);
        await using var ann = await VisitAsync(BrowserLook.Phone);
        await ann.Page.GotoAsync($"/s/{storefront.Slug}/portal/sign-in?lang={language}");
        await ann.ShouldBeAccessibleAsync();
        await ann.Page.GetByLabel(field).FillAsync($"{phone[..2]} {phone[2..5]} {phone[5..]}");
        await ann.Page.Keyboard.PressAsync("Enter");
        await Expect(ann.Page.GetByLabel(code)).ToBeVisibleAsync();
        await ann.ShouldBeAccessibleAsync();

        await ann.Page.GetByLabel(code).FillAsync(Code().Match(await portal.MessageAsync(phone)).Groups["code"].Value);
        await ann.Page.Keyboard.PressAsync("Enter");
        await Expect(ann.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Ann");
    }

    [Theory]
    [InlineData("en", "Open it where you asked for it", "Send a new link")]
    [InlineData("fr", "Ouvrez-le là où vous l’avez demandé", "Envoyer un nouveau lien")]
    public async Task A_link_refused_in_another_browser_leads_on_there(string language, string heading, string button)
    {
        var (storefront, email, _) = await CustomerAsync(SignInPolicy.Storage with { OtherBrowser = OtherBrowser.Refuse });
        await using var desk = await VisitAsync(BrowserLook.Desktop);
        await AskAsync(desk, storefront, language, email);
        await using var phone = await VisitAsync(BrowserLook.Phone);
        await phone.Page.GotoAsync($"{await portal.LinkAsync(email)}?lang={language}");
        await Expect(phone.Page.GetByRole(AriaRole.Heading, new() { Name = heading })).ToBeVisibleAsync();
        await phone.ShouldBeAccessibleAsync();
        await phone.Page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();
        await phone.Page.GotoAsync(await portal.LinkAsync(email, count: 2));
        await Expect(phone.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Ann");
    }

    private async Task<(Storefront Storefront, string Email, string Phone)> CustomerAsync(SignInPolicy policy)
    {
        var storefront = await portal.StorefrontAsync(policy);
        string email = $"ann.{Guid.NewGuid():n}@ways.example", phone = $"+1555{Random.Shared.Next(1000000, 9999999)}";
        var account = await portal.AccountAsync(storefront, email);
        await portal.ExecuteAsync("update account set phone = @phone where organization_id = @OrganizationId and id = @account", new { phone, storefront.OrganizationId, account });
        return (storefront, email, phone);
    }

    private Task<BrowserVisit> VisitAsync(BrowserLook look) => browser.VisitAsync(look with { BaseUrl = portal.Url.ToString() });

    private static async Task AskAsync(BrowserVisit visit, Storefront storefront, string language, string email)
    {
        await visit.Page.GotoAsync($"/s/{storefront.Slug}/portal/sign-in?lang={language}");
        await visit.Page.Locator("input[name=email]").FillAsync(email);
        await visit.Page.Locator("main form button.primary").ClickAsync();
        await Expect(visit.Page).ToHaveURLAsync(new Regex("/check-mail$", RegexOptions.None, TimeSpan.FromSeconds(1)));
    }

    [GeneratedRegex("#(?<code>[0-9]{4})$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Code();
}

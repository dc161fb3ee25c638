using Latchkey.Tests.Features.Passwords;
using Latchkey.Tests.Rig;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Latchkey.Tests.Browser;

/// <summary>The pages and mails of passwords, on a phone and a desktop, light and dark.</summary>
[Trait("Engine", "none"), Trait("Category", "Screens")]
public sealed class PasswordScreensTests(Rig.Browser browser, Portal portal) : IClassFixture<Portal>
{
    [Theory]
    [MemberData(nameof(Looks.All), MemberType = typeof(Looks))]
    public async Task Every_page_is_accessible_and_fits(int width, ColorScheme scheme)
    {
        var storefront = await portal.FernhillAsync();
        var ann = $"ann@{width}{scheme}.example".ToLowerInvariant();
        var eve = $"eve@{width}{scheme}.example".ToLowerInvariant();
        await portal.AccountWithPasswordAsync(storefront, ann);
        await using var visit = await browser.VisitAsync(BrowserLook.Desktop with { Width = width, ColorScheme = scheme, BaseUrl = portal.Url.ToString() });
        var root = $"/s/{storefront.Slug}/portal";

        await ShowAsync("password-sign-in", "sign-in");
        await ShowAsync("password-sign-in-french", "sign-in?lang=fr");
        await ShowAsync("password-register", "register?lang=en");
        await ShowAsync("password-forgot", "forgot-password");
        await ShowAsync("password-mail-sent", "mail-sent/register");
        await ShowAsync("password-confirm-again", "confirm");
        await ShowAsync("password-reset-damaged", "reset/damaged");

        await SignInAsync(ann, "wrong");
        await TakeAsync("password-incorrect");
        await RegisterAsync(eve, "password12345");
        await TakeAsync("password-register-refused");
        using (var other = portal.Visit(storefront)) await other.RegisterAsync(eve);
        var confirm = await portal.TokenAsync("confirm", eve);
        await SignInAsync(eve, Fernhill.Password);
        await TakeAsync("password-not-confirmed");
        await ShowAsync("password-confirm", $"confirm/{confirm}");
        using (var other = portal.Visit(storefront)) await other.ForgetAsync(ann);
        await ShowAsync("password-reset", $"reset/{await portal.TokenAsync("reset", ann)}");
        await visit.Page.GetByLabel("New password", new() { Exact = true }).FillAsync(Fernhill.Other);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save password" }).ClickAsync();
        await Expect(visit.Page.GetByText("Your new password is set. Sign in with it.")).ToBeVisibleAsync();
        await TakeAsync("password-reset-done");
        await SignInAsync(ann, Fernhill.Other);
        await ShowAsync("password-change", "account/password");

        await visit.Page.GotoAsync("about:blank"); // a mail program does not have the portal's content policy
        await visit.Page.SetContentAsync((await portal.MailsAsync(eve))[^1].Html);
        await TakeAsync("mail-confirm");
        await visit.Page.SetContentAsync((await portal.MailsAsync(ann))[0].Html);
        await TakeAsync("mail-reset");

        async Task SignInAsync(string address, string password)
        {
            await visit.Page.GotoAsync($"{root}/sign-in");
            await visit.Page.GetByLabel("Email").FillAsync(address);
            await visit.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(password);
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        }

        async Task RegisterAsync(string address, string password)
        {
            await visit.Page.GotoAsync($"{root}/register");
            await visit.Page.GetByLabel("Full name").FillAsync("Eve Evans");
            await visit.Page.GetByLabel("Email").FillAsync(address);
            await visit.Page.GetByLabel("New password", new() { Exact = true }).FillAsync(password);
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Create account" }).ClickAsync();
        }

        async Task ShowAsync(string name, string page)
        {
            await visit.Page.GotoAsync($"{root}/{page}");
            await TakeAsync(name);
        }

        Task TakeAsync(string name) => visit.ShouldShowWellAsync(name);
    }
}

using Latchkey.Tests.Features.Passwords;
using Latchkey.Tests.Rig;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Latchkey.Tests.Browser;

[Trait("Engine", "none")]
public sealed class PasswordsInABrowserTests(Rig.Browser browser, Portal portal) : IClassFixture<Portal>
{
    [Theory]
    [InlineData("en", true, "Create account", "Full name", "Email", "New password", "Check your mail", "Confirm my address", "Sign out", "Password")]
    [InlineData("en", false, "Create account", "Full name", "Email", "New password", "Check your mail", "Confirm my address", "Sign out", "Password")]
    [InlineData("fr", true, "Créer un compte", "Nom complet", "Adresse courriel", "Nouveau mot de passe", "Consultez vos courriels", "Confirmer mon adresse", "Se déconnecter", "Mot de passe")]
    public async Task From_registering_to_signing_in_again_by_keyboard(
        string language, bool script, string create, string name, string email, string newPassword, string check, string confirm, string signOut, string password)
    {
        var storefront = await portal.FernhillAsync();
        var address = $"ann@{language}-{script}.example".ToLowerInvariant();
        await using var ann = await VisitAsync(BrowserLook.Phone with { JavaScript = script });
        await ann.Page.GotoAsync($"/s/{storefront.Slug}/portal/sign-in?lang={language}");

        await ann.Page.GetByRole(AriaRole.Link, new() { Name = create }).PressAsync("Enter");
        await ann.Page.GetByLabel(name).FillAsync("Ann Archer");
        await ann.Page.GetByLabel(email).FillAsync(address);
        await ann.Page.GetByLabel(newPassword, new() { Exact = true }).FillAsync(Fernhill.Password);
        await ann.Page.GetByLabel(newPassword, new() { Exact = true }).PressAsync("Enter");
        await Expect(ann.Page.GetByRole(AriaRole.Heading, new() { Name = check })).ToBeVisibleAsync();

        await ann.Page.GotoAsync($"/s/{storefront.Slug}/portal/confirm/{await portal.TokenAsync("confirm", address)}");
        await ann.Page.GetByRole(AriaRole.Button, new() { Name = confirm }).PressAsync("Enter");
        await ann.Page.GetByRole(AriaRole.Button, new() { Name = signOut }).PressAsync("Enter");

        await ann.Page.GetByLabel(email).FillAsync(address);
        await ann.Page.GetByLabel(password, new() { Exact = true }).FillAsync(Fernhill.Password);
        await ann.Page.GetByLabel(password, new() { Exact = true }).PressAsync("Enter"); // the first button, not the link's
        await Expect(ann.Page.GetByRole(AriaRole.Button, new() { Name = signOut })).ToBeVisibleAsync();
        new Uri(ann.Page.Url).AbsolutePath.ShouldEndWith("/portal");
    }

    [Fact]
    public async Task The_other_button_of_the_same_form_sends_a_link()
    {
        var storefront = await portal.FernhillAsync();
        await using var ann = await VisitAsync(BrowserLook.Desktop);
        await ann.Page.GotoAsync($"/s/{storefront.Slug}/portal/sign-in");
        await ann.Page.GetByLabel("Email").FillAsync("ann@link.example");
        await ann.Page.GetByRole(AriaRole.Button, new() { Name = "Send sign-in link" }).ClickAsync();

        await Expect(ann.Page.GetByRole(AriaRole.Heading, new() { Name = "Check your mail" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_password_can_be_looked_at_and_is_hidden_again_when_it_is_sent()
    {
        var storefront = await portal.FernhillAsync();
        await using var ann = await VisitAsync(BrowserLook.Desktop);
        await ann.Page.GotoAsync($"/s/{storefront.Slug}/portal/register");
        var field = ann.Page.GetByLabel("New password", new() { Exact = true });

        await ann.Page.GetByRole(AriaRole.Button, new() { Name = "Show password" }).ClickAsync();
        await Expect(field).ToHaveAttributeAsync("type", "text");
        await ann.Page.GetByRole(AriaRole.Button, new() { Name = "Hide password" }).ClickAsync();
        await Expect(field).ToHaveAttributeAsync("type", "password");
    }

    private Task<BrowserVisit> VisitAsync(BrowserLook look) => browser.VisitAsync(look with { BaseUrl = portal.Url.ToString() });
}

using Latchkey.Tests.Rig;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Latchkey.Tests.Browser;

/// <summary>A browser that lets no cookie through.</summary>
[Trait("Engine", "none")]
public sealed class WithoutCookiesTests(Rig.Browser browser, PortalWithMailbox portal) : IClassFixture<PortalWithMailbox>
{
    [Theory]
    [InlineData("en", "Your browser did not keep the sign-in", "Try again")]
    [InlineData("fr", "Votre navigateur n’a pas gardé la connexion", "Réessayer")]
    public async Task It_is_told_so_and_how_to_allow_them(string language, string heading, string button)
    {
        var storefront = await portal.StorefrontAsync(locale: language);
        await portal.AccountAsync(storefront, $"ann@{language}.example");
        await using var ann = await browser.VisitAsync(BrowserLook.Phone with { BaseUrl = portal.Url.ToString() });
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });
        await BlockCookiesAsync(ann, http);

        await ann.Page.GotoAsync($"/s/{storefront.Slug}/portal/sign-in");
        await ann.Page.Locator("#email").FillAsync($"ann@{language}.example");
        await ann.Page.Locator("main button.primary").ClickAsync();

        await Expect(ann.Page.GetByRole(AriaRole.Heading, new() { Name = heading })).ToBeVisibleAsync();
        await ann.ShouldBeAccessibleAsync();
        await ann.Page.GotoAsync(await portal.LinkAsync($"ann@{language}.example"));
        await ann.Page.Locator("main button.primary").ClickAsync();

        await Expect(ann.Page.GetByRole(AriaRole.Heading, new() { Name = heading })).ToBeVisibleAsync();
        ann.Page.Url.ShouldContain("/portal/sign-in/cookies");
        await ann.ShouldBeAccessibleAsync();
        await ann.Page.GetByRole(AriaRole.Link, new() { Name = button }).ClickAsync();
        await Expect(ann.Page.Locator("#email")).ToBeVisibleAsync();
    }

    /// <summary>Every answer comes without its cookies.</summary>
    private static Task<IAsyncDisposable> BlockCookiesAsync(BrowserVisit visit, HttpClient http) => visit.Context.RouteAsync("**/*", async route =>
    {
        using var request = new HttpRequestMessage(new HttpMethod(route.Request.Method), route.Request.Url);
        if (route.Request.PostDataBuffer is { } body) request.Content = new ByteArrayContent(body);
        // The browser would say where a form comes from; a copy of its request cannot.
        foreach (var (name, value) in route.Request.Headers.Where(h => h.Key != "origin"))
            if (!request.Headers.TryAddWithoutValidation(name, value)) request.Content?.Headers.TryAddWithoutValidation(name, value);
        using var answer = await http.SendAsync(request);
        await route.FulfillAsync(new()
        {
            Status = (int)answer.StatusCode,
            Headers = answer.Headers.Concat(answer.Content.Headers).Where(h => h.Key != "Set-Cookie").ToDictionary(h => h.Key, h => string.Join(", ", h.Value)),
            BodyBytes = await answer.Content.ReadAsByteArrayAsync(),
        });
    });
}

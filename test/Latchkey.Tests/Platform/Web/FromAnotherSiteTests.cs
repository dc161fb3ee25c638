using System.Net;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Platform.Web;

public sealed class FromAnotherSiteTests(Portal portal) : IClassFixture<Portal>
{
    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "https://evil.test")]
    [InlineData("Origin", "null")]
    public async Task What_another_site_makes_a_browser_post_is_refused(string header, string value)
    {
        var storefront = await portal.StorefrontAsync();
        await portal.AccountAsync(storefront, "ann@csrf.example");
        using var visit = portal.Visit(storefront);
        foreach (var path in new[] { "/portal/sign-in", "/portal/sign-in/check-mail", "/portal/link", "/portal/link?handler=Again", "/portal/sign-out" })
        {
            var request = new HttpRequestMessage(HttpMethod.Post, visit.Base + path) { Content = new FormUrlEncodedContent([KeyValuePair.Create("email", "ann@csrf.example")]) };
            request.Headers.Add(header, value);
            var answer = await visit.SendAsync(request);
            answer.Status.ShouldBe(HttpStatusCode.Forbidden);
            answer.SetCookies.ShouldBeEmpty();
        }
        (await portal.ScalarAsync<long>("select count(*) from sign_in_request where organization_id = @OrganizationId", new { storefront.OrganizationId })).ShouldBe(0);
    }

    [Fact]
    public async Task An_old_browser_that_hides_its_origin_is_known_by_the_cookie_that_other_sites_cannot_make_it_send()
    {
        var storefront = await portal.StorefrontAsync();
        using var old = portal.Visit(storefront);
        await old.GetAsync("/portal/sign-in");
        (await AskAsync(old)).ShouldBe(HttpStatusCode.Redirect);

        using var stranger = portal.Visit(storefront);
        (await AskAsync(stranger)).ShouldBe(HttpStatusCode.Forbidden);
        stranger.Cookies.Add(portal.Url, new Cookie($"latchkey-browser-{storefront.Slug}", "made-up", "/"));
        (await AskAsync(stranger)).ShouldBe(HttpStatusCode.Forbidden);

        async Task<HttpStatusCode> AskAsync(Visit visit)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, $"{visit.Base}/portal/sign-in") { Content = new FormUrlEncodedContent([KeyValuePair.Create("email", "ann@old.example")]) };
            request.Headers.Add("Origin", "null");
            return (await visit.SendAsync(request)).Status;
        }
    }

    [Theory]
    [InlineData("/portal/sign-in")]
    [InlineData("/portal")]
    [InlineData("/")]
    [InlineData("/nowhere")]
    [InlineData("/portal/link/x")]
    [InlineData("/health/live")]
    public async Task Every_answer_carries_the_careful_headers(string path)
    {
        var storefront = await portal.StorefrontAsync();
        using var visit = portal.Visit(storefront);
        var answer = await visit.GetAsync(path);
        answer.Headers["Content-Security-Policy"].ShouldContain("frame-ancestors 'none'");
        answer.Headers["X-Content-Type-Options"].ShouldBe("nosniff");
        answer.Headers["Referrer-Policy"].ShouldBe("no-referrer");
        answer.Headers["Cache-Control"].ShouldContain("no-store");
        answer.Headers.ContainsKey("Server").ShouldBeFalse();
    }

    [Fact]
    public async Task A_cookie_that_stands_twice_or_in_another_spelling_is_not_believed()
    {
        var storefront = await portal.StorefrontAsync();
        await portal.AccountAsync(storefront, "ann@cookie.example");
        using var ann = portal.Visit(storefront);
        await ann.SignInAsync("ann@cookie.example");
        var cookie = ann.Cookies.GetAllCookies().Single(c => c.Name.Contains("session", StringComparison.Ordinal));
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = portal.Url };

        (await StatusAsync($"{cookie.Name}={cookie.Value}")).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync($"{cookie.Name}={cookie.Value}; {cookie.Name}=x")).ShouldBe(HttpStatusCode.Redirect);
        (await StatusAsync($"{cookie.Name}=x; {cookie.Name.ToUpperInvariant()}={cookie.Value}")).ShouldBe(HttpStatusCode.Redirect);
        (await StatusAsync($"{cookie.Name.ToUpperInvariant()}={cookie.Value}")).ShouldBe(HttpStatusCode.Redirect);

        async Task<HttpStatusCode> StatusAsync(string header)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"{ann.Base}/portal");
            request.Headers.TryAddWithoutValidation("Cookie", header);
            using var response = await http.SendAsync(request);
            return response.StatusCode;
        }
    }
}

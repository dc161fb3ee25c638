using System.Net;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Platform.Tenancy;

public sealed class WhichStorefrontTests(Portal portal) : IClassFixture<Portal>
{
    [Theory]
    [InlineData("/s/nobody/portal")]
    [InlineData("/s/nobody/")]
    [InlineData("/s/NOBODY")]
    [InlineData("/")]
    [InlineData("/portal/sign-in")]
    [InlineData("/s/")]
    public async Task An_unknown_slug_or_host_is_organization_not_found(string path)
    {
        var storefront = await portal.StorefrontAsync();
        using var visit = portal.Visit(storefront);
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Post })
        {
            var answer = await visit.SendAsync(new HttpRequestMessage(method, new Uri(portal.Url, path)));
            answer.Status.ShouldBe(HttpStatusCode.NotFound);
            answer.Heading.ShouldBe("Organization not found");
        }
    }

    [Fact]
    public async Task A_storefront_is_found_by_its_own_host_and_its_mails_link_there()
    {
        var storefront = await portal.StorefrontAsync(host: "portal.riverbend.example");
        await portal.AccountAsync(storefront, "ann@own-host.example");
        using var visit = portal.Visit(storefront);
        var ask = new HttpRequestMessage(HttpMethod.Post, new Uri(portal.Url, "/portal/sign-in"))
        {
            Headers = { Host = "Portal.Riverbend.example:8443" },
            Content = new FormUrlEncodedContent([KeyValuePair.Create("email", "ann@own-host.example")]),
        };

        var answer = await visit.SendAsync(ask);

        answer.Location.ShouldBe("/portal/sign-in/check-mail?first=yes");
        answer.SetCookies.Single().ShouldStartWith("__Host-latchkey-browser-");
        answer.SetCookies.Single().ShouldContain("; secure");
        (await portal.MailsAsync("ann@own-host.example"))[0].Text.ShouldContain("\nhttps://portal.riverbend.example/portal/link/");
    }

    [Theory]
    [InlineData("Host", "evil.test")]
    [InlineData("X-Forwarded-Host", "evil.test")]
    [InlineData("X-Original-Host", "evil.test")]
    [InlineData("X-Forwarded-Proto", "gopher")]
    [InlineData("X-Forwarded-Prefix", "//evil.test")]
    [InlineData("Forwarded", "host=evil.test;proto=gopher")]
    [InlineData("X-Original-URL", "//evil.test/")]
    public async Task A_link_never_shows_what_a_request_said_about_hosts(string header, string value)
    {
        var storefront = await portal.StorefrontAsync();
        var address = $"ann@{header.ToLowerInvariant()}.example";
        await portal.AccountAsync(storefront, address);
        using var visit = portal.Visit(storefront);
        var ask = new HttpRequestMessage(HttpMethod.Post, $"{visit.Base}/portal/sign-in")
        {
            Content = new FormUrlEncodedContent([KeyValuePair.Create("email", address)]),
        };
        ask.Headers.TryAddWithoutValidation(header, value);

        (await visit.SendAsync(ask)).Status.ShouldBe(HttpStatusCode.Redirect);

        var mail = (await portal.MailsAsync(address))[0];
        (mail.Text + mail.Html).ShouldNotContain("evil");
        mail.Text.ShouldContain($"\n{portal.Url}s/{storefront.Slug}/portal/link/");
    }

    [Fact]
    public async Task A_session_of_one_storefront_is_nothing_on_another()
    {
        var one = await portal.StorefrontAsync();
        var two = await portal.StorefrontAsync(organization: one.OrganizationId);
        await portal.AccountAsync(one, "ann@pair.example");
        await portal.AccountAsync(two, "ann@pair.example");
        using var ann = portal.Visit(one);
        await ann.SignInAsync("ann@pair.example");
        var cookie = ann.Cookies.GetAllCookies().Single(c => c.Name.Contains("session", StringComparison.Ordinal));

        ann.Cookies.Add(portal.Url, new Cookie($"latchkey-session-{two.Slug}", cookie.Value, "/"));

        (await ann.GetAsync($"/s/{two.Slug}/portal")).Location.ShouldBe($"/s/{two.Slug}/portal/sign-in");
    }
}

using System.Net;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Features.SignIn;

public sealed class CustomerSignsInByLinkTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task The_link_in_the_mail_leads_to_the_dashboard()
    {
        var storefront = await portal.StorefrontAsync();
        await portal.AccountAsync(storefront, "ann@one.example", "Ann Archer");
        using var ann = portal.Visit(storefront);

        var dashboard = await ann.SignInAsync("ann@one.example");

        dashboard.Status.ShouldBe(HttpStatusCode.OK);
        dashboard.Heading.ShouldBe("Hi, Ann");
        dashboard.Text.ShouldContain("ann@one.example");
        dashboard.Text.ShouldContain("Sign out");
    }

    [Fact]
    public async Task Signing_out_ends_the_session_on_the_server()
    {
        var storefront = await portal.StorefrontAsync();
        await portal.AccountAsync(storefront, "ann@two.example");
        using var ann = portal.Visit(storefront);
        await ann.SignInAsync("ann@two.example");
        var kept = ann.Cookies.GetAllCookies().Single(c => c.Name.Contains("session", StringComparison.Ordinal)).Value;

        (await ann.PostAsync("/portal/sign-out")).Status.ShouldBe(HttpStatusCode.Redirect);
        using var thief = portal.Visit(storefront);
        thief.Cookies.Add(portal.Url, new Cookie($"latchkey-session-{storefront.Slug}", kept, "/"));

        (await thief.GetAsync("/portal")).Location.ShouldBe($"{thief.Base}/portal/sign-in");
    }
}

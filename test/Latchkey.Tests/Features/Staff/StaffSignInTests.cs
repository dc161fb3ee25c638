using System.Net;
using Latchkey.Platform.Staff;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Features.Staff;

/// <summary>The team signs in to the console as customers do to a portal.</summary>
public sealed class StaffSignInTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task Whoever_is_not_signed_in_is_led_to_the_sign_in_and_back()
    {
        var storefront = await portal.StorefrontAsync();
        var email = await portal.StaffAsync(storefront.OrganizationId, StaffRole.Owner);
        using var visit = portal.Visit(portal.Console);

        var turnedAway = await visit.GetAsync("/team");

        turnedAway.Location.ShouldBe("/console/portal/sign-in?next=%2Fconsole%2Fteam");
        (await visit.GetAsync("/portal/sign-in?next=%2Fconsole%2Fteam")).Heading.ShouldBe("Console");
        await visit.PostAsync("/portal/sign-in", ("email", email), ("next", "/console/team"));
        var redeemed = await visit.RedeemAsync(await visit.TokenAsync(email));
        redeemed.Location.ShouldStartWith("/console/team?signed-in=");
        var team = await visit.OpenAsync(redeemed.Location!);
        team.Status.ShouldBe(HttpStatusCode.OK);
        team.Text.ShouldContain("Riverbend");
    }

    [Fact]
    public async Task The_console_is_the_first_page_after_signing_in()
    {
        var storefront = await portal.StorefrontAsync();
        using var visit = await portal.StaffVisitAsync(storefront.OrganizationId, StaffRole.Staff, "Stella Staff");

        (await visit.GetAsync("")).Heading.ShouldBe("Hi, Stella");
        (await visit.GetAsync("/portal")).Location.ShouldBe("/console");
    }

    [Fact]
    public async Task The_cookie_of_a_session_there_is_strict()
    {
        var storefront = await portal.StorefrontAsync();
        var email = await portal.StaffAsync(storefront.OrganizationId, StaffRole.Owner);
        using var visit = portal.Visit(portal.Console);
        await visit.AskAsync(email);

        var redeemed = await visit.RedeemAsync(await visit.TokenAsync(email));

        redeemed.SetCookies.Single(c => c.Contains("session-console", StringComparison.Ordinal)).ShouldContain("samesite=strict");
    }

    [Fact]
    public async Task A_link_from_another_site_loads_the_page_once_more_so_that_the_cookie_comes()
    {
        using var visit = portal.Visit(portal.Console);
        using var fromAMail = new HttpRequestMessage(HttpMethod.Get, new Uri(portal.Url, "/console/team"));
        fromAMail.Headers.Add("Sec-Fetch-Site", "cross-site");
        fromAMail.Headers.Add("Sec-Fetch-Dest", "document");

        (await visit.SendAsync(fromAMail)).Body.ShouldContain("http-equiv=\"refresh\"");
    }

    [Fact]
    public async Task A_customers_session_opens_nothing_there()
    {
        var storefront = await portal.StorefrontAsync();
        await portal.AccountAsync(storefront, "ann@notstaff.example");
        using var ann = portal.Visit(storefront);
        await ann.SignInAsync("ann@notstaff.example");

        (await ann.OpenAsync("/console")).Location.ShouldBe("/console/portal/sign-in");
        (await ann.OpenAsync("/console/team")).Location.ShouldStartWith("/console/portal/sign-in");
    }

    [Fact]
    public async Task The_console_is_not_on_a_storefronts_address()
    {
        var storefront = await portal.StorefrontAsync();
        using var visit = await portal.StaffVisitAsync(storefront.OrganizationId, StaffRole.Owner);

        (await visit.OpenAsync($"/s/{storefront.Slug}/console/team")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await visit.OpenAsync("/s/console/portal/sign-in")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Who_works_nowhere_is_told_so()
    {
        var storefront = await portal.StorefrontAsync();
        var email = await portal.StaffAsync(storefront.OrganizationId, StaffRole.Staff);
        await portal.ExecuteAsync("update staff_member set removed_at = @now where organization_id = @OrganizationId", new { storefront.OrganizationId, now = portal.Clock.GetUtcNow() });
        using var visit = portal.Visit(portal.Console);
        await visit.SignInAsync(email);

        (await visit.GetAsync("")).Location.ShouldBe("/console/portal/organizations");
        (await visit.GetAsync("/portal/organizations")).Heading.ShouldBe("You are on no team");
    }

    [Fact]
    public async Task Support_works_for_the_organization_it_chooses()
    {
        var (storefront, other) = (await portal.StorefrontAsync(), await portal.StorefrontAsync());
        using var visit = portal.Visit(portal.Console);
        await visit.SignInAsync(await portal.StaffAsync(storefront.OrganizationId, StaffRole.Support));
        (await visit.GetAsync("")).Location.ShouldBe("/console/portal/organizations");

        await visit.PostAsync("/portal/organizations", ("organization", other.OrganizationId.ToString()));

        (await visit.GetAsync("/team")).Status.ShouldBe(HttpStatusCode.OK);
        (await visit.PostAsync("/portal/organizations", ("organization", Guid.CreateVersion7().ToString()))).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Nobody_chooses_an_organization_they_do_not_work_in()
    {
        var (storefront, other) = (await portal.StorefrontAsync(), await portal.StorefrontAsync());
        using var visit = await portal.StaffVisitAsync(storefront.OrganizationId, StaffRole.Owner);

        (await visit.PostAsync("/portal/organizations", ("organization", other.OrganizationId.ToString()))).Status.ShouldBe(HttpStatusCode.NotFound);
        visit.Cookies.Add(portal.Url, new Cookie("latchkey-organization-console", other.OrganizationId.ToString()));
        (await visit.GetAsync("/team")).Location.ShouldBe("/console/portal/organizations");
    }
}

using System.Net;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;
using Latchkey.Tests.Features.Passwords;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Seeds;

/// <summary>The server behind a proxy of the same machine, which says from where a request comes.</summary>
public sealed class PortalBehindAProxy : Portal
{
    protected override IEnumerable<string> Settings => ["--Latchkey:TrustedProxies=127.0.0.1"];
}

/// <summary>Seed 002: a portal with passwords. What its help centre says about the portal's address, the browser and the network; the rest is in <see cref="PasswordPortalSeedTests"/>.</summary>
public sealed class PasswordPortalHelpCentreTests(PortalBehindAProxy portal) : IClassFixture<PortalBehindAProxy>
{
    [Fact]
    public async Task Organization_not_found_names_the_address_as_the_cause_and_leads_to_a_page_that_finds_the_portal()
    {
        var storefront = await portal.FernhillAsync();
        using var ann = portal.Visit(storefront);

        var page = await ann.OpenAsync("/s/fernhil/portal/sign-in");

        (page.Status, page.Heading).ShouldBe((HttpStatusCode.NotFound, "Organization not found"));
        page.Text.ShouldContain("Check it for typing errors, or open the link in a mail");
        (await ann.OpenAsync(page.Page.QuerySelector("main a.primary")!.GetAttribute("href")!)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_correct_portal_address_is_in_every_mail()
    {
        var storefront = await portal.FernhillAsync();
        await portal.AccountWithPasswordAsync(storefront, "ann@url.example");
        using var ann = portal.Visit(storefront);
        await ann.ForgetAsync("ann@url.example");
        string address = $"{portal.Url}s/{storefront.Slug}/portal";
        (await portal.MailsAsync("ann@url.example"))[0].Text.ShouldContain(address);
        (await ann.OpenAsync($"{address}/sign-in")).Text.ShouldContain("Fernhill Water");
    }

    [Fact]
    public async Task Logging_in_seems_to_work_but_leads_back_to_the_login_page_says_that_the_cookie_was_not_kept()
    {
        var storefront = await portal.FernhillAsync();
        await portal.AccountWithPasswordAsync(storefront, "ann@back.example");
        using var ann = portal.Visit(storefront);
        var signedIn = await ann.TypeAsync("ann@back.example", Fernhill.Password);
        signedIn.ShouldLeadInto($"{ann.Base}/portal");
        ann.DropCookies();

        var page = await ann.OpenAsync((await ann.OpenAsync(signedIn.Location!)).Location!);

        page.Heading.ShouldBe("Your browser did not keep the sign-in");
        page.Text.ShouldContain("Cookies may be blocked.");
        page.HelpCode.ShouldNotBeNull();
    }

    [Fact]
    public async Task Session_not_maintained_says_that_it_has_ended_and_signing_in_again_works()
    {
        var storefront = await portal.FernhillAsync();
        await portal.AccountWithPasswordAsync(storefront, "ann@ended.example");
        using var ann = portal.Visit(storefront);
        await ann.TypeAsync("ann@ended.example", Fernhill.Password);
        portal.Clock.Advance(Fernhill.Policy.SessionLifetime);

        var back = await ann.GetAsync("/portal");

        back.Location.ShouldBe($"{ann.Base}/portal/sign-in");
        (await ann.OpenAsync(back.Location!)).Text.ShouldContain("Your session has ended. Sign in again to go on.");
        await ann.TypeAsync("ann@ended.example", Fernhill.Password);
        (await ann.IsSignedInAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task A_different_browser_or_a_private_window_signs_in_too_and_so_does_one_whose_cookies_were_cleared()
    {
        var storefront = await portal.FernhillAsync();
        await portal.AccountWithPasswordAsync(storefront, "ann@private.example");
        using var usual = portal.Visit(storefront);
        await usual.TypeAsync("ann@private.example", Fernhill.Password);
        using var other = portal.Visit(storefront);
        (await other.TypeAsync("ann@private.example", Fernhill.Password)).ShouldLeadInto($"{other.Base}/portal");
        (await usual.IsSignedInAsync()).ShouldBeTrue();

        usual.DropCookies();
        (await usual.IsSignedInAsync()).ShouldBeFalse();
        await usual.TypeAsync("ann@private.example", Fernhill.Password);
        (await usual.IsSignedInAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task A_login_page_that_does_not_load_is_told_apart_from_a_server_that_is_down()
    {
        using var ann = portal.Visit(await portal.FernhillAsync());
        foreach (string page in new[] { "/health/live", "/health/ready" }) (await ann.OpenAsync(page)).Status.ShouldBe(HttpStatusCode.OK, page);
        (await ann.GetAsync("/portal/sign-in")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_time_out_while_signing_in_is_healed_by_sending_the_form_again()
    {
        var storefront = await portal.FernhillAsync();
        await portal.AccountWithPasswordAsync(storefront, "ann@lost.example");
        using var ann = portal.Visit(storefront);
        await ann.TypeAsync("ann@lost.example", Fernhill.Password);
        ann.DropCookies(); // the answer never came

        (await ann.TypeAsync("ann@lost.example", Fernhill.Password)).ShouldLeadInto($"{ann.Base}/portal");
        (await ann.IsSignedInAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task From_another_network_the_session_goes_on_and_a_network_that_others_have_used_up_is_not_in_the_way()
    {
        var storefront = await portal.FernhillAsync(Fernhill.Policy with { Limits = SignInLimits.Off with { PasswordIp = new Limit(3, TimeSpan.FromMinutes(1)) } });
        await portal.AccountWithPasswordAsync(storefront, "ann@networks.example");
        using var crowd = From(storefront, "198.51.100.7");
        for (int i = 0; i < 3; i++) await crowd.TypeAsync($"somebody{i}@networks.example", "wrong");
        (await crowd.TypeAsync("ann@networks.example", Fernhill.Password)).Status.ShouldBe(HttpStatusCode.TooManyRequests);

        using var phone = From(storefront, "203.0.113.20");
        (await phone.TypeAsync("ann@networks.example", Fernhill.Password)).ShouldLeadInto($"{phone.Base}/portal");
        phone.Http.DefaultRequestHeaders.Remove("X-Forwarded-For");
        phone.Http.DefaultRequestHeaders.Add("X-Forwarded-For", "198.51.100.7");
        (await phone.IsSignedInAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task At_the_wrong_portal_nobodys_data_appears_and_each_portal_says_whose_it_is()
    {
        var fernhill = await portal.FernhillAsync();
        var other = await portal.StorefrontAsync(Fernhill.Policy, name: "Alder Gas", host: $"alder{Random.Shared.Next()}.example");
        await portal.AccountWithPasswordAsync(fernhill, "ann@both.example");
        await portal.AccountWithPasswordAsync(other, "ann@both.example", password: Fernhill.Other);
        using var ann = portal.Visit(fernhill);
        using var astray = portal.Visit(other);

        (await astray.TypeAsync("ann@both.example", Fernhill.Password)).Text.ShouldContain("Incorrect email or password");
        await ann.TypeAsync("ann@both.example", Fernhill.Password);
        (await ann.GetAsync("/portal")).Text.ShouldContain("Fernhill Water");
        (await ann.GetAsync($"/s/{other.Slug}/portal")).Location.ShouldBe($"/s/{other.Slug}/portal/sign-in");
        await astray.TypeAsync("ann@both.example", Fernhill.Other);
        var own = await astray.GetAsync("/portal");
        own.Text.ShouldContain("Alder Gas");
        own.Text.ShouldNotContain("Fernhill Water");
    }

    private Visit From(Storefront storefront, string ip)
    {
        var visit = portal.Visit(storefront);
        visit.Http.DefaultRequestHeaders.Add("X-Forwarded-For", ip);
        return visit;
    }
}

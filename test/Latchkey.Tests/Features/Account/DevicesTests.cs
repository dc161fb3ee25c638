using System.Net;
using Latchkey.SignIn;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Features.Account;

public sealed class DevicesTests(Portal portal) : IClassFixture<Portal>
{
    static string SessionIn(Answer page) => page.Page.QuerySelector("#devices ~ ul input[name=session]")!.GetAttribute("value")!;

    [Fact]
    public async Task Lists_where_the_customer_is_signed_in_and_signs_one_out()
    {
        var storefront = await portal.StorefrontAsync();
        var (_, laptop) = await portal.SignedInAsync(storefront, "ann@devices.example");
        var phone = portal.Visit(storefront);
        await phone.SignInAsync("ann@devices.example", 2);

        var page = await laptop.GetAsync("/portal/account");
        page.Page.QuerySelectorAll(".device").Length.ShouldBe(2);
        page.Page.QuerySelectorAll(".device .chip").ShouldHaveSingleItem().TextContent.ShouldContain("This device");
        page.Text.ShouldContain("Signed in by link");
        page.Text.ShouldContain("Firefox on Windows");
        (await laptop.PostAsync("/portal/account/devices", ("session", SessionIn(page)))).Location.ShouldBe($"{laptop.Base}/portal/account#devices");

        (await phone.GetAsync("/portal")).Status.ShouldBe(HttpStatusCode.Redirect);
        (await laptop.GetAsync("/portal/account")).Page.QuerySelectorAll(".device").Length.ShouldBe(1);
    }

    [Fact]
    public async Task Signs_out_all_others_or_all()
    {
        var storefront = await portal.StorefrontAsync();
        var (_, laptop) = await portal.SignedInAsync(storefront, "ann@all-devices.example");
        var phone = portal.Visit(storefront);
        await phone.SignInAsync("ann@all-devices.example", 2);

        await laptop.PostAsync("/portal/account/devices?handler=Others");
        (await phone.GetAsync("/portal")).Status.ShouldBe(HttpStatusCode.Redirect);
        (await laptop.GetAsync("/portal")).Status.ShouldBe(HttpStatusCode.OK);
        (await laptop.PostAsync("/portal/account/devices?handler=All")).Location.ShouldBe($"{laptop.Base}/portal/sign-in");
        (await laptop.GetAsync("/portal")).Status.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Does_not_know_the_devices_of_others()
    {
        var storefront = await portal.StorefrontAsync();
        var (ann, annsVisit) = await portal.SignedInAsync(storefront, "ann@others.example");
        var (_, bob) = await portal.SignedInAsync(storefront, "bob@others.example");
        var (_, elsewhere) = await portal.SignedInAsync(await portal.StorefrontAsync(organization: storefront.OrganizationId), "ann@others-elsewhere.example");
        var session = await portal.ScalarAsync<Guid>("select id from session where account_id = @ann", new { ann });

        foreach (var visit in new[] { bob, elsewhere })
            foreach (var id in new[] { session.ToString(), Guid.NewGuid().ToString(), "", "x" })
                (await visit.PostAsync("/portal/account/devices", ("session", id))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await annsVisit.GetAsync("/portal")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Shows_a_session_that_the_business_opened_for_what_it_is_and_never_takes_it_for_fresh()
    {
        var storefront = await portal.StorefrontAsync();
        var (ann, visit) = await portal.SignedInAsync(storefront, "ann@staff-opened.example");
        await portal.ExecuteAsync("update session set means = 'staff link' where account_id = @ann", new { ann });

        (await visit.GetAsync("/portal/account")).Text.ShouldContain("Opened by Riverbend Storage");
        (await visit.SaveAsync(("email", "other@staff-opened.example"))).Location.ShouldBe($"{visit.Base}/portal/account/confirm?next=email");
        var confirm = await visit.GetAsync("/portal/account/confirm?next=email");
        confirm.Text.ShouldContain("opened this portal for you");
        confirm.Page.QuerySelector("main form")!.GetAttribute("action").ShouldBe($"{visit.Base}/portal/sign-out");
        await visit.PostAsync("/portal/account/confirm?next=email");
        await portal.SettleAsync();
        (await portal.ScalarAsync<long>("select count(*) from sign_in_request where account_id = @ann", new { ann })).ShouldBe(1);
    }

    [Theory]
    [InlineData("account", "/portal/account")]
    [InlineData("passkeys", "/portal/account/passkeys")]
    [InlineData("password", "/portal/account/password")]
    [InlineData("https://evil.example", "/portal/account")]
    public async Task Confirming_that_it_is_you_leads_to_a_known_page(string next, string page)
    {
        var storefront = await portal.StorefrontAsync();
        var (_, ann) = await portal.SignedInAsync(storefront, $"ann@{Guid.NewGuid():n}.example");
        (await ann.GetAsync($"/portal/account/confirm?next={Uri.EscapeDataString(next)}")).Location.ShouldBe($"{ann.Base}{page}");
        portal.Clock.Advance(LiveSession.FreshFor);
        (await ann.GetAsync($"/portal/account/confirm?next={Uri.EscapeDataString(next)}")).Heading.ShouldBe("Confirm it is you");
    }
}

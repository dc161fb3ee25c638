using System.Net;
using AngleSharp.Dom;
using Latchkey.SignIn;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Features.SignIn;

/// <summary>What the page behind a link says in a browser, or on a network, that did not ask for it.</summary>
public sealed class AnotherBrowserTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task Match_asks_for_the_number_that_the_waiting_page_shows()
    {
        var storefront = await portal.StorefrontAsync(SignInPolicy.New with { OtherBrowser = OtherBrowser.Match });
        await portal.AccountAsync(storefront, "ann@match.example");
        using var desk = portal.Visit(storefront);
        var waiting = await desk.GetAsync((await desk.AskAsync("ann@match.example")).Location!);
        string number = waiting.Page.QuerySelector(".number")!.TextContent;
        string token = await desk.TokenAsync("ann@match.example");

        using var phone = portal.Visit(storefront);
        var page = await phone.GetAsync($"/portal/link/{token}");
        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Page.QuerySelector("label[for=number]").ShouldNotBeNull();
        page.Page.QuerySelector("form[data-submit-itself=yes]").ShouldBeNull();

        var wrong = await phone.PostAsync("/portal/link", ("token", token), ("number", number == "10" ? "11" : "10"));
        wrong.Status.ShouldBe(HttpStatusCode.BadRequest);
        wrong.Page.QuerySelector("#problem")!.TextContent.ShouldContain("Tries left: 2");
        (await phone.PostAsync("/portal/link", ("token", token), ("number", number))).ShouldLeadInto($"{phone.Base}/portal");
        (await phone.GetAsync("/portal")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Match_leads_on_when_the_tries_are_used_up()
    {
        var storefront = await portal.StorefrontAsync(SignInPolicy.New with { OtherBrowser = OtherBrowser.Match });
        await portal.AccountAsync(storefront, "ann@tries.example");
        using var desk = portal.Visit(storefront);
        await desk.AskAsync("ann@tries.example");
        string token = await desk.TokenAsync("ann@tries.example");
        using var phone = portal.Visit(storefront);
        for (int i = 0; i < 2; i++) await phone.PostAsync("/portal/link", ("token", token), ("number", "no"));

        var last = await phone.PostAsync("/portal/link", ("token", token), ("number", "no"));
        last.Status.ShouldBe(HttpStatusCode.Forbidden);
        last.Heading.ShouldBe("Open it where you asked for it");
        await LeadsOnAsync(phone, last, "ann@tries.example");
    }

    [Fact]
    public async Task Refuse_explains_and_sends_a_link_that_works_here()
    {
        var storefront = await portal.StorefrontAsync(SignInPolicy.New with { OtherBrowser = OtherBrowser.Refuse });
        await portal.AccountAsync(storefront, "ann@refuse.example");
        using var desk = portal.Visit(storefront);
        await desk.AskAsync("ann@refuse.example");
        string token = await desk.TokenAsync("ann@refuse.example");

        using var phone = portal.Visit(storefront);
        var page = await phone.GetAsync($"/portal/link/{token}");
        page.Status.ShouldBe(HttpStatusCode.Forbidden);
        page.Heading.ShouldBe("Open it where you asked for it");
        page.Body.ShouldNotContain("refuse.example");
        (await phone.RedeemAsync(token)).Status.ShouldBe(HttpStatusCode.Forbidden);
        await LeadsOnAsync(phone, page, "ann@refuse.example");
    }

    [Fact]
    public async Task A_link_bound_to_a_network_still_works_on_the_one_that_asked()
    {
        var storefront = await portal.StorefrontAsync(SignInPolicy.Membership with { BindIp = true });
        await portal.AccountAsync(storefront, "ann@bound.example");
        using var ann = portal.Visit(storefront);
        await ann.AskAsync("ann@bound.example");
        string token = await ann.TokenAsync("ann@bound.example");
        await portal.ExecuteAsync("update sign_in_request set ip = '198.51.100.9' where organization_id = @OrganizationId", new { storefront.OrganizationId });

        var page = await ann.GetAsync($"/portal/link/{token}");
        (page.Status, page.Heading).ShouldBe((HttpStatusCode.Forbidden, "You are on another network"));
        (await ann.RedeemAsync(token)).Status.ShouldBe(HttpStatusCode.Forbidden);
        await portal.ExecuteAsync("update sign_in_request set ip = '127.0.0.1' where organization_id = @OrganizationId", new { storefront.OrganizationId });
        (await ann.RedeemAsync(token)).Status.ShouldBe(HttpStatusCode.Redirect);
    }

    /// <summary>The page's one button sends a link, and that one signs in where the button was pressed.</summary>
    static async Task LeadsOnAsync(Visit visit, Answer deadEnd, string email)
    {
        var form = deadEnd.Page.QuerySelector("main form")!;
        var sent = await visit.PostAsync(form.GetAttribute("action")!, ("token", form.QuerySelector("input[name=token]")!.GetAttribute("value")!));
        (await visit.GetAsync(sent.Location!)).Heading.ShouldBe("Check your mail");
        (await visit.RedeemAsync(await visit.TokenAsync(email, mails: 2))).ShouldLeadInto($"{visit.Base}/portal");
    }
}

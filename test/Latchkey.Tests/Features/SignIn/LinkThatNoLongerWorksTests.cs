using System.Net;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Features.SignIn;

public sealed class LinkThatNoLongerWorksTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task An_expired_link_heals_with_one_press_and_without_showing_the_address()
    {
        var storefront = await portal.StorefrontAsync();
        await portal.AccountAsync(storefront, "ann@late.example");
        using var ann = portal.Visit(storefront);
        await ann.AskAsync("ann@late.example");
        var token = await ann.TokenAsync("ann@late.example");
        portal.Clock.Advance(TimeSpan.FromMinutes(60));

        using var phone = portal.Visit(storefront);
        var page = await phone.GetAsync($"/portal/link/{token}");

        page.Status.ShouldBe(HttpStatusCode.Gone);
        page.Heading.ShouldBe("Link expired");
        page.Body.ShouldNotContain("ann@late.example");
        (await phone.RedeemAsync(token)).Status.ShouldBe(HttpStatusCode.Gone);

        var waiting = await PressTheButtonAsync(phone, page);
        waiting.Heading.ShouldBe("Check your mail");
        waiting.Body.ShouldNotContain("ann@late.example");
        var fresh = await phone.TokenAsync("ann@late.example", mails: 2);
        (await phone.RedeemAsync(fresh)).ShouldLeadInto($"{phone.Base}/portal");
    }

    [Fact]
    public async Task A_used_link_leads_to_the_portal_where_it_was_used_and_says_so_elsewhere()
    {
        var storefront = await portal.StorefrontAsync();
        await portal.AccountAsync(storefront, "ann@used.example");
        using var ann = portal.Visit(storefront);
        await ann.SignInAsync("ann@used.example");
        var token = await ann.TokenAsync("ann@used.example");

        (await ann.GetAsync($"/portal/link/{token}")).Location.ShouldBe($"{ann.Base}/portal");

        using var other = portal.Visit(storefront);
        var page = await other.GetAsync($"/portal/link/{token}");
        page.Status.ShouldBe(HttpStatusCode.Gone);
        page.Heading.ShouldBe("Link already used");
        (await PressTheButtonAsync(other, page)).Heading.ShouldBe("Check your mail");
    }

    [Fact]
    public async Task A_second_press_in_the_browser_that_won_gets_the_same_session()
    {
        var storefront = await portal.StorefrontAsync();
        await portal.AccountAsync(storefront, "ann@twice.example");
        using var ann = portal.Visit(storefront);
        await ann.AskAsync("ann@twice.example");
        var token = await ann.TokenAsync("ann@twice.example");
        await ann.GetAsync($"/portal/link/{token}");

        var first = await ann.RedeemAsync(token);
        var second = await ann.RedeemAsync(token);

        second.Status.ShouldBe(HttpStatusCode.Redirect);
        second.SetCookies.Single().ShouldBe(first.SetCookies.Single());
        (await portal.ScalarAsync<long>("select count(*) from session where organization_id = @OrganizationId", new { storefront.OrganizationId })).ShouldBe(1);
        using var other = portal.Visit(storefront);
        (await other.RedeemAsync(token)).Heading.ShouldBe("Link already used");
    }

    [Fact]
    public async Task Signing_in_with_one_mail_ends_the_others()
    {
        var storefront = await portal.StorefrontAsync();
        await portal.AccountAsync(storefront, "ann@many.example");
        using var laptop = portal.Visit(storefront);
        await laptop.AskAsync("ann@many.example");
        var old = await laptop.TokenAsync("ann@many.example");
        using var phone = portal.Visit(storefront);
        await phone.SignInAsync("ann@many.example", mails: 2);

        var page = await laptop.GetAsync($"/portal/link/{old}");

        page.Heading.ShouldBe("Link no longer valid");
        (await PressTheButtonAsync(laptop, page)).Heading.ShouldBe("Check your mail");
    }

    [Theory]
    [InlineData("x")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA1")]
    [InlineData("%E2%80%AEaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa%2500")]
    public async Task A_damaged_link_says_so_and_leads_to_the_sign_in_page(string token)
    {
        var storefront = await portal.StorefrontAsync();
        using var visit = portal.Visit(storefront);

        var page = await visit.GetAsync($"/portal/link/{token}");

        page.Status.ShouldBe(HttpStatusCode.NotFound);
        page.Heading.ShouldBe("Link damaged");
        page.Page.QuerySelector("main a.primary")!.GetAttribute("href").ShouldBe($"{visit.Base}/portal/sign-in");
        (await visit.RedeemAsync(Uri.UnescapeDataString(token))).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("{0}.")]
    [InlineData("{0}=")]
    [InlineData("{0}%3E")]
    [InlineData("{0})")]
    public async Task What_mail_programs_add_to_a_link_does_no_harm(string damage)
    {
        var storefront = await portal.StorefrontAsync();
        await portal.AccountAsync(storefront, "ann@wrapped.example");
        using var ann = portal.Visit(storefront);
        await ann.AskAsync("ann@wrapped.example");
        var token = Visit.TokenIn((await MailsOfAsync(storefront.Slug, "ann@wrapped.example"))[^1]);

        var page = await ann.GetAsync($"/portal/link/{string.Format(System.Globalization.CultureInfo.InvariantCulture, damage, token.ToUpperInvariant())}");

        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Page.QuerySelector("input[name=token]")!.GetAttribute("value").ShouldBe(token);
    }

    [Fact]
    public async Task Another_storefronts_link_is_unknown_and_stays_unused()
    {
        var one = await portal.StorefrontAsync();
        var two = await portal.StorefrontAsync(organization: one.OrganizationId);
        await portal.AccountAsync(one, "ann@side.example");
        using var ann = portal.Visit(one);
        await ann.AskAsync("ann@side.example");
        var token = await ann.TokenAsync("ann@side.example");
        using var astray = portal.Visit(two);

        (await astray.GetAsync($"/portal/link/{token}")).Heading.ShouldBe("Link damaged");
        (await astray.RedeemAsync(token)).Status.ShouldBe(HttpStatusCode.NotFound);

        (await ann.RedeemAsync(token)).ShouldLeadInto($"{ann.Base}/portal");
    }

    [Fact]
    public async Task A_link_to_a_closed_account_names_whom_to_ask()
    {
        var storefront = await portal.StorefrontAsync();
        var account = await portal.AccountAsync(storefront, "ann@closed.example");
        using var ann = portal.Visit(storefront);
        await ann.AskAsync("ann@closed.example");
        var token = await ann.TokenAsync("ann@closed.example");
        await portal.ExecuteAsync("update account set state = 'disabled' where organization_id = @OrganizationId and id = @account", new { storefront.OrganizationId, account });

        (await ann.RedeemAsync(token)).Heading.ShouldBe("This link does not open an account");
        (await ann.GetAsync($"/portal/link/{token}")).Text.ShouldContain(storefront.Name);
    }

    private static async Task<Answer> PressTheButtonAsync(Visit visit, Answer page)
    {
        var form = page.Page.QuerySelector("main form")!;
        var fields = form.QuerySelectorAll("input[type=hidden]").Select(i => (i.GetAttribute("name")!, i.GetAttribute("value")!)).ToArray();
        var answer = await visit.PostAsync(form.GetAttribute("action")!, fields);
        answer.Status.ShouldBe(HttpStatusCode.Redirect, answer.Text);
        return await visit.GetAsync(answer.Location!);
    }

    /// <summary>Several cases use one address, on storefronts of their own.</summary>
    private async Task<IReadOnlyList<string>> MailsOfAsync(string slug, string address)
    {
        for (int count = 1; ; count++)
        {
            var texts = (await portal.MailsAsync(address, count)).Select(m => m.Text).Where(t => t.Contains(slug, StringComparison.Ordinal)).ToList();
            if (texts.Count > 0) return texts;
        }
    }
}

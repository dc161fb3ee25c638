using System.Net;
using Latchkey.SignIn;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Features.SignIn;

public sealed class LinkInOtherHandsTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task One_account_is_never_swapped_for_another_without_saying_so()
    {
        var storefront = await portal.StorefrontAsync();
        await portal.AccountAsync(storefront, "ann@swap.example");
        await portal.AccountAsync(storefront, "eve@swap.example", "Eve Evans");
        using var eve = portal.Visit(storefront);
        await eve.AskAsync("eve@swap.example");
        string token = await eve.TokenAsync("eve@swap.example");
        using var ann = portal.Visit(storefront);
        await ann.SignInAsync("ann@swap.example");

        var page = await ann.GetAsync($"/portal/link/{token}"); // sent on to Ann by Eve

        page.Text.ShouldContain("You are about to sign in as e•••@s•••.example.");
        page.Text.ShouldContain("You are signed in with another account in this browser. It will be signed out.");
        page.Page.QuerySelector("main form")!.GetAttribute("data-submit-itself").ShouldBe("no");
        (await ann.GetAsync("/portal")).Heading.ShouldBe("Hi, Ann");
    }

    [Theory]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example")]
    [InlineData("https://evil.example/portal")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/portal/%2f/evil.example\r\nSet-Cookie: a=b")]
    public async Task Where_it_leads_is_judged_again_when_it_is_used(string stored)
    {
        var storefront = await portal.StorefrontAsync();
        string email = $"{Guid.NewGuid():n}@return.example";
        await portal.AccountAsync(storefront, email);
        using var ann = portal.Visit(storefront);
        await ann.AskAsync(email);
        string token = await ann.TokenAsync(email);
        await portal.ExecuteAsync("update sign_in_request set return_to = @stored where organization_id = @OrganizationId", new { stored, storefront.OrganizationId });

        (await ann.RedeemAsync(token)).ShouldLeadInto($"{ann.Base}/portal");
    }

    [Fact]
    public async Task Nothing_that_signs_in_is_in_the_log_whatever_becomes_of_it()
    {
        var storefront = await portal.StorefrontAsync(SignInPolicy.New);
        await portal.AccountAsync(storefront, "ann@logged.example");
        using var ann = portal.Visit(storefront);
        await ann.SignInAsync("ann@logged.example");
        string session = ann.Cookies.GetAllCookies().Single(c => c.Name.StartsWith("latchkey-session-", StringComparison.Ordinal)).Value;
        using var other = portal.Visit(storefront);
        await other.AskAsync("ann@logged.example");
        string token = await other.TokenAsync("ann@logged.example", mails: 2);
        await other.PostAsync("/portal/sign-in", ("code", "000000"));
        await other.GetAsync($"/portal/link/{token}x.");
        portal.Clock.Advance(TimeSpan.FromMinutes(16));
        (await other.RedeemAsync(token)).Status.ShouldBe(HttpStatusCode.Gone);

        foreach (string secret in new[] { session, token, "ann@logged.example" }) portal.Log.ShouldNotContain(line => line.Contains(secret, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Looking_at_the_address_that_signs_out_signs_nobody_out()
    {
        var storefront = await portal.StorefrontAsync();
        await portal.AccountAsync(storefront, "ann@looking.example");
        using var ann = portal.Visit(storefront);
        await ann.SignInAsync("ann@looking.example");
        (await ann.GetAsync("/portal/sign-out")).Location.ShouldBe($"{ann.Base}/portal");
        (await ann.GetAsync("/portal")).Heading.ShouldBe("Hi, Ann");
    }
}

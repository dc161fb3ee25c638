using System.Net;
using Latchkey.SignIn;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Features.Passkeys;

public sealed class PasskeyOfferTests(Portal portal) : IClassFixture<Portal>
{
    const string Offer = "Sign in faster next time";

    [Fact]
    public async Task The_dashboard_offers_one_until_there_is_one()
    {
        var storefront = await portal.StorefrontWithHostAsync();
        await portal.AccountAsync(storefront, "ann@offer.example");
        using var ann = portal.Visit(storefront);
        using var device = new Authenticator();

        (await ann.SignInAsync("ann@offer.example")).Text.ShouldContain(Offer);
        await ann.AddAsync(storefront.Origin(), device);

        (await ann.GetAsync("/portal")).Text.ShouldNotContain(Offer);
    }

    [Fact]
    public async Task Not_now_is_heard_for_thirty_days()
    {
        var storefront = await portal.StorefrontWithHostAsync();
        await portal.AccountAsync(storefront, "ann@not-now.example");
        using var ann = portal.Visit(storefront);
        await ann.SignInAsync("ann@not-now.example");

        var waved = await ann.PostAsync($"{PasskeyVisits.Page}?handler=NotNow");

        waved.Location.ShouldBe($"{ann.Base}/portal");
        waved.SetCookies.ShouldHaveSingleItem().ShouldContain("max-age=2592000");
        (await ann.GetAsync("/portal")).Text.ShouldNotContain(Offer);
    }

    [Fact]
    public async Task Where_the_policy_has_none_there_is_no_trace_of_them()
    {
        var storefront = await portal.StorefrontWithHostAsync(SignInPolicy.New with { Passkeys = false });
        await portal.AccountAsync(storefront, "ann@none.example");
        using var ann = portal.Visit(storefront);

        (await ann.GetAsync("/portal/sign-in")).Body.ShouldNotContain("passkey");
        (await ann.SignInAsync("ann@none.example")).Text.ShouldNotContain(Offer);
        (await ann.GetAsync(PasskeyVisits.Page)).Status.ShouldBe(HttpStatusCode.NotFound);
        foreach (var path in new[] { $"{PasskeyVisits.SignIn}/ask", $"{PasskeyVisits.Page}/ask" })
            (await ann.JsonAsync(path, "{}")).Status.ShouldBe(HttpStatusCode.NotFound);
        foreach (var path in new[] { PasskeyVisits.SignIn, $"{PasskeyVisits.Page}/add" })
            (await ann.JsonAsync(path, $$"""{"challenge":"{{Guid.NewGuid()}}","credential":{},"name":"x"}""")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task At_a_bare_IP_address_none_is_offered()
    {
        var storefront = await portal.StorefrontAsync();
        await portal.AccountAsync(storefront, "ann@ip.example");
        using var ann = portal.Visit(storefront);

        (await ann.GetAsync("/portal/sign-in")).Body.ShouldNotContain("passkey");
        (await ann.SignInAsync("ann@ip.example")).Text.ShouldNotContain(Offer);
        (await ann.GetAsync(PasskeyVisits.Page)).Text.ShouldContain("Passkeys need a portal that is reached by its name");
    }

    [Theory]
    [InlineData("en", "A passkey was added to your account at Riverbend Storage", "Firefox on Windows", "A passkey was removed from your account at Riverbend Storage")]
    [InlineData("fr", "Une clé d’accès a été ajoutée à votre compte chez Riverbend Storage", "Firefox sur Windows", "Une clé d’accès a été retirée de votre compte chez Riverbend Storage")]
    public async Task The_accounts_address_is_told_of_each_change(string locale, string added, string device, string removed)
    {
        var storefront = await portal.StorefrontWithHostAsync();
        var email = $"ann@{locale}.notice.example";
        var account = await portal.AccountAsync(storefront, email);
        await portal.ExecuteAsync("update account set locale = @locale where id = @account", new { locale, account });
        using var key = new Authenticator();
        using var ann = await portal.WithPasskeyAsync(storefront, key, email);
        var id = await portal.ScalarAsync<object>("select id from passkey where account_id = @account", new { account });
        var first = (await portal.MailsAsync(email, 2))[1];
        await ann.PostAsync($"{PasskeyVisits.Page}?handler=Remove", ("id", id.ToString()!));
        var second = (await portal.MailsAsync(email, 3))[2];

        first.Subject.ShouldBe(added);
        first.Text.ShouldContain(device);
        first.Text.ShouldContain($"{storefront.Origin()}/portal/account/passkeys");
        first.Html.ShouldContain($"{storefront.Origin()}/portal/account/passkeys");
        second.Subject.ShouldBe(removed);
    }

    [Fact]
    public async Task Another_site_can_neither_ask_nor_answer()
    {
        var storefront = await portal.StorefrontWithHostAsync();
        using var ann = portal.Visit(storefront);
        foreach (var path in new[] { $"{PasskeyVisits.SignIn}/ask", PasskeyVisits.SignIn, $"{PasskeyVisits.Page}/ask", $"{PasskeyVisits.Page}/add" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, ann.Base + path) { Content = new StringContent("{}", null, "application/json") };
            request.Headers.Add("Sec-Fetch-Site", "cross-site");
            (await ann.SendAsync(request)).Status.ShouldBe(HttpStatusCode.Forbidden);
        }
    }
}

using System.Net;
using AngleSharp.Dom;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Features.Passkeys;

public sealed class OwnPasskeysTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task One_is_added_and_listed_with_its_name()
    {
        var storefront = await portal.StorefrontWithHostAsync();
        await portal.AccountAsync(storefront, "ann@list.example");
        using var device = new Authenticator();
        using var ann = await portal.WithPasskeyAsync(storefront, device, "ann@list.example");

        var page = await ann.GetAsync(PasskeyVisits.Page);

        page.Page.QuerySelectorAll(".rows h3").Select(h => h.TextContent).ShouldBe(["Ann's phone"]);
        page.Text.ShouldContain("Added on 21 November 2026 · not used yet");
        page.Page.QuerySelector("#name")!.GetAttribute("value").ShouldBe("Firefox on Windows");
    }

    [Theory]
    [InlineData("evil.example", null)]
    [InlineData(null, "https://evil.example")]
    public async Task One_made_for_another_place_is_not_added(string? rpId, string? origin)
    {
        var storefront = await portal.StorefrontWithHostAsync();
        var email = $"ann@{Guid.NewGuid():n}.example";
        var account = await portal.AccountAsync(storefront, email);
        using var ann = portal.Visit(storefront);
        await ann.SignInAsync(email);
        using var device = new Authenticator();

        (await ann.AddAsync(storefront.Origin(), device, bent: new Bent { RpId = rpId, Origin = origin })).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await ann.AddAsync(storefront.Origin(), device, bent: new Bent { Flags = Bent.Present })).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await ann.AddAsync(storefront.Origin(), device, bent: new Bent { Junk = [0xa3, 0xff] })).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await ann.AddAsync(storefront.Origin(), device, bent: new Bent { Algorithm = 0 })).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await ann.AddAsync(storefront.Origin(), device, name: " ")).Status.ShouldBe(HttpStatusCode.BadRequest);

        (await CountAsync(account)).ShouldBe(0);
    }

    [Fact]
    public async Task The_same_one_is_not_added_again_to_any_account()
    {
        var storefront = await portal.StorefrontWithHostAsync();
        await portal.AccountAsync(storefront, "ann@twice.example");
        var bob = await portal.AccountAsync(storefront, "bob@twice.example");
        using var device = new Authenticator();
        using var ann = await portal.WithPasskeyAsync(storefront, device, "ann@twice.example");
        using var thief = portal.Visit(storefront);
        await thief.SignInAsync("bob@twice.example");

        (await ann.AddAsync(storefront.Origin(), device)).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await thief.AddAsync(storefront.Origin(), device)).Status.ShouldBe(HttpStatusCode.BadRequest);

        (await CountAsync(bob)).ShouldBe(0);
        (await ann.QuestionAsync(PasskeyVisits.Page))["options"]!["excludeCredentials"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Ten_are_the_most_also_when_two_are_added_at_once()
    {
        var storefront = await portal.StorefrontWithHostAsync();
        var account = await portal.AccountAsync(storefront, "ann@ten.example");
        using var ann = portal.Visit(storefront);
        await ann.SignInAsync("ann@ten.example");
        for (int i = 0; i < 9; i++)
        {
            using var device = new Authenticator();
            (await ann.AddAsync(storefront.Origin(), device)).Status.ShouldBe(HttpStatusCode.OK);
        }

        using var one = new Authenticator();
        using var other = new Authenticator();
        var answers = await Task.WhenAll(ann.AddAsync(storefront.Origin(), one), ann.AddAsync(storefront.Origin(), other));

        answers.Count(a => a.Status == HttpStatusCode.OK).ShouldBe(1);
        answers.Single(a => a.Status != HttpStatusCode.OK).Body.ShouldContain("There is no room for another passkey");
        (await CountAsync(account)).ShouldBe(10);
        (await ann.GetAsync(PasskeyVisits.Page)).Text.ShouldContain("An account has at most 10 passkeys.");
    }

    [Fact]
    public async Task One_is_renamed_and_removed()
    {
        var storefront = await portal.StorefrontWithHostAsync();
        var account = await portal.AccountAsync(storefront, "ann@own.example");
        using var device = new Authenticator();
        using var ann = await portal.WithPasskeyAsync(storefront, device, "ann@own.example");
        var id = await IdAsync(account);

        (await ann.PostAsync($"{PasskeyVisits.Page}?handler=Rename", ("id", id), ("name", " Key <1> "))).Location.ShouldBe($"{ann.Base}{PasskeyVisits.Page}");
        (await ann.GetAsync(PasskeyVisits.Page)).Page.QuerySelector(".rows h3")!.TextContent.ShouldBe("Key <1>");
        (await ann.PostAsync($"{PasskeyVisits.Page}?handler=Rename", ("id", id), ("name", "line\nbreak"))).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await ann.PostAsync($"{PasskeyVisits.Page}?handler=Remove", ("id", id))).Location.ShouldBe($"{ann.Base}{PasskeyVisits.Page}");

        (await ann.GetAsync(PasskeyVisits.Page)).Text.ShouldContain("You have no passkey yet.");
        (await portal.ScalarAsync<long>("select count(*) from activity where account_id = @account and event in ('passkey added', 'passkey removed')", new { account })).ShouldBe(2);
    }

    [Fact]
    public async Task Another_customers_cannot_be_renamed_or_removed()
    {
        var storefront = await portal.StorefrontWithHostAsync();
        var account = await portal.AccountAsync(storefront, "ann@theirs.example");
        await portal.AccountAsync(storefront, "bob@theirs.example");
        using var device = new Authenticator();
        using var ann = await portal.WithPasskeyAsync(storefront, device, "ann@theirs.example");
        using var bob = portal.Visit(storefront);
        await bob.SignInAsync("bob@theirs.example");
        var id = await IdAsync(account);

        (await bob.PostAsync($"{PasskeyVisits.Page}?handler=Remove", ("id", id))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await bob.PostAsync($"{PasskeyVisits.Page}?handler=Rename", ("id", id), ("name", "Mine"))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await bob.PostAsync($"{PasskeyVisits.Page}?handler=Remove")).Status.ShouldBe(HttpStatusCode.NotFound);

        (await portal.ScalarAsync<string>("select name from passkey where account_id = @account", new { account })).ShouldBe("Ann's phone");
    }

    [Fact]
    public async Task A_sign_in_of_long_ago_adds_and_removes_nothing()
    {
        var storefront = await portal.StorefrontWithHostAsync();
        var account = await portal.AccountAsync(storefront, "ann@stale.example");
        using var device = new Authenticator();
        using var ann = await portal.WithPasskeyAsync(storefront, device, "ann@stale.example");
        var question = await ann.QuestionAsync(PasskeyVisits.Page);
        using var another = new Authenticator();
        var made = another.Create(question["options"]!, storefront.Origin());
        var confirm = $"{ann.Base}/portal/account/confirm?next=passkeys";

        portal.Clock.Advance(TimeSpan.FromMinutes(15));

        (await ann.JsonAsync($"{PasskeyVisits.Page}/ask", "{}")).Next().ShouldBe(confirm);
        (await ann.AnswerAsync($"{PasskeyVisits.Page}/add", question, made, "Another")).Next().ShouldBe(confirm);
        (await ann.PostAsync($"{PasskeyVisits.Page}?handler=Remove", ("id", await IdAsync(account)))).Location.ShouldBe(confirm);
        (await ann.GetAsync(PasskeyVisits.Page)).Page.QuerySelector("[data-passkey-add] a")!.GetAttribute("href").ShouldBe(confirm);
        (await CountAsync(account)).ShouldBe(1);
    }

    [Fact]
    public async Task One_made_for_another_address_is_shown_as_such_and_works_nowhere()
    {
        var storefront = await portal.StorefrontWithHostAsync();
        var account = await portal.AccountAsync(storefront, "ann@moved.example");
        using var device = new Authenticator();
        using var ann = await portal.WithPasskeyAsync(storefront, device, "ann@moved.example");
        await portal.ExecuteAsync("update passkey set rp_id = 'old.example' where account_id = @account", new { account });
        using var elsewhere = portal.Visit(storefront);

        (await ann.GetAsync(PasskeyVisits.Page)).Text.ShouldContain("Made for another address of this portal (old.example); it cannot be used here.");
        (await ann.QuestionAsync(PasskeyVisits.Page))["options"]!["excludeCredentials"]!.AsArray().ShouldBeEmpty();
        (await elsewhere.SignInByPasskeyAsync(storefront.Origin(), device)).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await ann.GetAsync("/portal")).Text.ShouldContain("Sign in faster next time");
    }

    Task<long> CountAsync(Guid account) => portal.ScalarAsync<long>("select count(*) from passkey where account_id = @account", new { account });

    async Task<string> IdAsync(Guid account) => (await portal.ScalarAsync<object>("select id from passkey where account_id = @account", new { account })).ToString()!;
}

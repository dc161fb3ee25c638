using System.Net;
using Latchkey.Platform.Staff;
using Latchkey.SignIn;
using Latchkey.Tests.Features.Contacts;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Features.Subscriptions;

/// <summary>The magic link, from where the team looks for a customer.</summary>
public sealed class MagicLinkTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task It_is_made_from_subscriptions_for_a_reason_shown_once_and_the_customer_is_told()
    {
        var storefront = await portal.StorefrontAsync(SignInPolicy.Subscription);
        var account = await portal.AccountAsync(storefront, "ann@magic.example");
        var contact = await portal.ContactOfAsync(account);
        await portal.SubscriptionAsync(storefront, contact, await portal.FacilityAsync(storefront, "Roastery"), "Morning blend");
        using var staff = await portal.ManagerAsync(storefront);

        var list = await staff.GetAsync("/subscriptions");
        list.Rows().ShouldBe(["Ann Archer"]);
        var link = list.Page.QuerySelectorAll("td.actions a").Single(a => a.TextContent == "Magic link").GetAttribute("href")!;
        (await staff.OpenAsync(link)).Text.ShouldContain("for 10 minutes");
        (await staff.SubmitAsync(link, ("reason", "  "))).Text.ShouldContain("Say why: the reason is kept with the link.");
        var made = await staff.SubmitAsync(link, ("reason", "On the phone"));

        var magic = made.Page.QuerySelector("#magic-link")!.TextContent;
        made.Text.ShouldContain("It signs in as ann@magic.example, once, for 10 minutes.");
        made.Headers["Cache-Control"].ShouldBe("no-store");
        (await portal.MailsAsync("ann@magic.example"))[0].Text.ShouldContain("made a link that signs in to your account");
        (await staff.OpenAsync(link)).Body.ShouldNotContain(Visit.TokenIn(magic));
        using var ann = portal.Visit(storefront);
        (await ann.RedeemAsync(Visit.TokenIn(magic))).ShouldLeadInto($"{ann.Base}/portal");
        var record = await staff.GetAsync($"/contacts/{contact}");
        record.Text.ShouldContain("Magic link copied");
        record.Text.ShouldContain("Opened by the team");
        (await portal.ScalarAsync<string>("select detail from activity where account_id = @account and event = 'copied a magic link' and actor = 'Max Manager'", new { account })).ShouldBe("On the phone");
    }

    [Fact]
    public async Task Customers_lead_to_it_too()
    {
        var storefront = await portal.StorefrontAsync(SignInPolicy.Subscription);
        await portal.AccountAsync(storefront, "ann@customers.example");
        await portal.AccountAsync(storefront, "bob@customers.example", "Bob Baker", "unproven");
        await portal.AccountAsync(storefront, "carl@customers.example", "Carl Cole", "disabled");
        using var staff = await portal.ManagerAsync(storefront);

        var list = await staff.GetAsync("/customers");

        list.Rows().ShouldBe(["ann@customers.example", "bob@customers.example", "carl@customers.example"]);
        list.Page.QuerySelectorAll("td[data-label=Contacts] a").Select(a => a.TextContent).ShouldBe(["Ann Archer", "Bob Baker", "Carl Cole"]);
        (await staff.GetAsync("/customers?state=unproven")).Rows().ShouldBe(["bob@customers.example"]);
        (await staff.GetAsync("/customers?q=carl%40cust")).Rows().ShouldBe(["carl@customers.example"]);
        (await staff.GetAsync("/customers?q=archer+ann")).Rows().ShouldBe(["ann@customers.example"]);
        var links = list.Page.QuerySelectorAll("td.actions a").Select(a => a.GetAttribute("href")!).ToList();
        (await staff.OpenAsync(links[0])).Page.QuerySelector("#reason").ShouldNotBeNull();
        (await staff.OpenAsync(links[1])).Text.ShouldContain("Send them a sign-in link.");
        (await staff.OpenAsync(links[2])).Text.ShouldContain("The account is closed.");
        (await staff.SubmitAsync(links[1], ("reason", "Phone"))).Status.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Where_the_policy_forbids_it_the_page_says_who_can_allow_it_and_offers_the_portal_link()
    {
        var storefront = await portal.StorefrontAsync();
        var account = await portal.AccountAsync(storefront, "ann@forbidden.example");
        using var staff = await portal.ManagerAsync(storefront);

        var page = await staff.GetAsync($"/accounts/{account}/magic-link");

        page.Text.ShouldContain("An Owner can allow them in its sign-in policy.");
        page.Page.QuerySelector("#portal-link")!.TextContent.ShouldEndWith($"/s/{storefront.Slug}/portal");
        (await staff.PostAsync($"/accounts/{account}/magic-link", ("reason", "Phone"))).Status.ShouldBe(HttpStatusCode.Conflict);
        (await portal.ScalarAsync<long>("select count(*) from sign_in_request where account_id = @account", new { account })).ShouldBe(0);
    }

    [Fact]
    public async Task Too_many_are_refused_with_the_time_to_wait_and_bad_reasons_at_once()
    {
        var storefront = await portal.StorefrontAsync(SignInPolicy.Subscription);
        var account = await portal.AccountAsync(storefront, "ann@many.example");
        using var staff = await portal.ManagerAsync(storefront);
        (await staff.PostAsync($"/accounts/{account}/magic-link", ("reason", new string('x', 201)))).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await staff.PostAsync($"/accounts/{account}/magic-link", ("reason", "a\nb"))).Status.ShouldBe(HttpStatusCode.BadRequest);

        var answers = new List<Answer>();
        for (int i = 0; i < 30; i++) answers.Add(await staff.PostAsync($"/accounts/{account}/magic-link", ("reason", "Phone")));

        answers[^1].Status.ShouldBe(HttpStatusCode.TooManyRequests);
        answers[^1].Text.ShouldContain("The next one can be made in");
    }

    [Fact]
    public async Task Who_may_only_look_makes_none_and_another_organizations_account_is_not_there()
    {
        var storefront = await portal.StorefrontAsync(SignInPolicy.Subscription);
        var account = await portal.AccountAsync(storefront, "ann@mine.example");
        using var stella = await portal.StaffVisitAsync(storefront.OrganizationId, StaffRole.Staff);
        using var stranger = await portal.StaffVisitAsync((await portal.StorefrontAsync()).OrganizationId, StaffRole.Owner);

        (await stella.PostAsync($"/accounts/{account}/magic-link", ("reason", "Phone"))).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await stella.GetAsync("/customers")).Page.QuerySelectorAll("td.actions").ShouldBeEmpty();
        (await stranger.PostAsync($"/accounts/{account}/magic-link", ("reason", "Phone"))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await stranger.GetAsync("/customers")).Text.ShouldNotContain("ann@mine.example");
    }

    [Fact]
    public async Task Subscriptions_are_found_by_their_customer_and_their_state_page_by_page()
    {
        var storefront = await portal.StorefrontAsync();
        var facility = await portal.FacilityAsync(storefront, "Cellar");
        var (ann, bob) = (await portal.ContactAsync(storefront, "Ann Archer", "ann@pages.example"), await portal.ContactAsync(storefront, "Bob Baker"));
        for (int i = 0; i < 60; i++) await portal.SubscriptionAsync(storefront, ann, facility, $"Blend {i}");
        await portal.SubscriptionAsync(storefront, bob, facility, "Old blend", "2026-05-01");
        using var staff = await portal.ManagerAsync(storefront);

        var first = await staff.GetAsync("/subscriptions?q=archer");
        var second = await staff.OpenAsync(first.Page.QuerySelector("a[rel=next]")!.GetAttribute("href")!);

        (first.Rows().Count, second.Rows().Count).ShouldBe((50, 10));
        (await staff.GetAsync("/subscriptions?state=ended")).Rows().ShouldBe(["Bob Baker"]);
        (await staff.GetAsync("/subscriptions?q=bob&state=active")).Text.ShouldContain("Nobody like that holds anything.");
        first.Text.ShouldContain("No account yet");
    }
}

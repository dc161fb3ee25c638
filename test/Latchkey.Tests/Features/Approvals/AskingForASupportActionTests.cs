using System.Net;
using Latchkey.Platform.Staff;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Features.Approvals;

public sealed class AskingForASupportActionTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task Shows_both_sides_and_what_would_change_and_changes_nothing()
    {
        using var desk = await Desk.OpenAsync(portal);
        var from = await portal.AccountAsync(desk.Storefront, "ann@work-ask.example", "Ann Work");
        var into = await portal.AccountAsync(desk.Storefront, "ann@home-ask.example", "Ann Home");

        var preview = await desk.Manager.GetAsync("/approvals/new?kind=Merge&account=ann%40work-ask.example&with=ann%40home-ask.example");

        preview.Status.ShouldBe(HttpStatusCode.OK);
        preview.Text.ShouldContain("Account that ends");
        preview.Text.ShouldContain("Contacts: 1. Active subscriptions: 0");
        preview.Text.ShouldContain("Sign-in links for ann@work-ask.example go to ann@home-ask.example");
        (await desk.StateAsync(from)).ShouldBe("proven");
        var approval = await desk.RequestAsync("Merge", from, into);
        var waiting = await desk.Manager.GetAsync(approval);
        waiting.Text.ShouldContain("Waiting for approval");
        waiting.Text.ShouldContain("They called from the number on file.");
        (await desk.Support.GetAsync("/approvals")).Text.ShouldContain("ann@work-ask.example → ann@home-ask.example");
        (await desk.StateAsync(from)).ShouldBe("proven");
        (await desk.EventsAsync("approval requested")).ShouldBe(1);
    }

    [Fact]
    public async Task Needs_a_reason_and_keeps_what_was_typed()
    {
        using var desk = await Desk.OpenAsync(portal);
        var account = await portal.AccountAsync(desk.Storefront, "ann@reason.example");

        var refused = await Desk.SendAsync(desk.Manager, "Reset", account, reason: "  ");

        refused.Status.ShouldBe(HttpStatusCode.BadRequest);
        refused.Text.ShouldContain("Say why, in 500 characters at most.");
        (await Desk.SendAsync(desk.Manager, "Reset", account, reason: new string('x', 501))).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await CountAsync(desk)).ShouldBe(0);
    }

    [Fact]
    public async Task Twice_asks_once()
    {
        using var desk = await Desk.OpenAsync(portal);
        var account = await portal.AccountAsync(desk.Storefront, "ann@twice.example");

        var sent = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => desk.RequestAsync("Reset", account)));

        sent.Distinct().Count().ShouldBe(1);
        (await CountAsync(desk)).ShouldBe(1);
    }

    [Fact]
    public async Task With_hostile_words_shows_them_as_words()
    {
        using var desk = await Desk.OpenAsync(portal);
        var account = await portal.AccountAsync(desk.Storefront, "ann@hostile.example", "<img src=x onerror=alert(1)>");

        var sent = await Desk.SendAsync(desk.Manager, "Reset", account, reason: "a\0b <img src=x onerror=alert(2)>");

        sent.Location.ShouldEndWith("?done=requested");
        var shown = await desk.Support.OpenAsync(sent.Location!);
        shown.Body.ShouldNotContain("<img");
        shown.Text.ShouldContain("ab <img src=x onerror=alert(2)>");
        shown.Text.ShouldContain("<img src=x onerror=alert(1)>");
    }

    [Theory]
    [InlineData("Merge", "unproven", "Nobody has signed in to one of the accounts")]
    [InlineData("Merge", "disabled", "Nobody has signed in to one of the accounts")]
    [InlineData("Merge", "merged", "was merged or disabled already")]
    [InlineData("TakeOver", "merged", "was merged or disabled already")]
    public async Task Is_refused_with_an_account_that_nobody_has_proven(string kind, string state, string why)
    {
        using var desk = await Desk.OpenAsync(portal);
        var account = await portal.AccountAsync(desk.Storefront, $"ann@{kind}-{state}.example".ToLowerInvariant());
        var other = await portal.AccountAsync(desk.Storefront, $"bob@{kind}-{state}.example".ToLowerInvariant(), state: state);

        var refused = await Desk.SendAsync(desk.Manager, kind, account, other);

        refused.Status.ShouldBe(HttpStatusCode.BadRequest);
        refused.Text.ShouldContain(why);
        (await Desk.SendAsync(desk.Manager, kind, account, account)).Text.ShouldContain("Both are the same account.");
        (await CountAsync(desk)).ShouldBe(0);
    }

    [Fact]
    public async Task Never_joins_two_storefronts_or_organizations()
    {
        using var desk = await Desk.OpenAsync(portal);
        var sister = await portal.StorefrontAsync(organization: desk.Storefront.OrganizationId);
        var stranger = await portal.StorefrontAsync();
        var ann = await portal.AccountAsync(desk.Storefront, "ann@joins.example");
        var sisters = await portal.AccountAsync(sister, "ann@joins.example");
        var strangers = await portal.AccountAsync(stranger, "ann@joins.example");
        var sistersContact = await desk.ContactAsync(sisters);
        var strangersContact = await portal.ScalarAsync<Guid>("select contact_id from account_contact where account_id = @strangers", new { strangers });

        foreach (var kind in new[] { "Merge", "TakeOver" })
        {
            (await Desk.SendAsync(desk.Manager, kind, ann, sisters)).Text.ShouldContain("They belong to two storefronts.");
            (await Desk.SendAsync(desk.Manager, kind, ann, strangers)).Status.ShouldBe(HttpStatusCode.NotFound);
            (await Desk.SendAsync(desk.Manager, kind, strangers, ann)).Status.ShouldBe(HttpStatusCode.NotFound);
        }
        (await Desk.SendAsync(desk.Manager, "Link", ann, sistersContact)).Text.ShouldContain("They belong to two storefronts.");
        (await Desk.SendAsync(desk.Manager, "Link", ann, strangersContact)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await Desk.SendAsync(desk.Manager, "Reset", strangers)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await CountAsync(desk)).ShouldBe(0);
        (await desk.Manager.GetAsync("/approvals/new?kind=Reset&account=ann%40joins.example")).Text.ShouldContain("Several have this address.");
    }

    [Fact]
    public async Task Is_not_for_whoever_may_only_look()
    {
        using var desk = await Desk.OpenAsync(portal);
        var account = await portal.AccountAsync(desk.Storefront, "ann@looks.example");
        using var stella = await portal.StaffVisitAsync(desk.Storefront.OrganizationId, StaffRole.Staff);

        (await Desk.SendAsync(stella, "Reset", account)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await stella.GetAsync("/approvals")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("", "", "")]
    [InlineData("Everything", "x", "y")]
    [InlineData("7", "ann@example.com", "ann@example.com")]
    [InlineData("Merge", "<script>alert(1)</script>", "'; drop table account; --")]
    [InlineData("Link", "ann@example.com", "")]
    public async Task With_nonsense_is_answered_and_never_fails(string kind, string account, string with)
    {
        using var desk = await Desk.OpenAsync(portal);

        var answer = await desk.Manager.PostAsync("/approvals/new", ("kind", kind), ("account", account), ("with", with), ("reason", "x"));

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Body.ShouldNotContain("<script>alert");
    }

    private Task<long> CountAsync(Desk desk) => portal.ScalarAsync<long>("select count(*) from approval where organization_id = @OrganizationId", new { desk.Storefront.OrganizationId });
}

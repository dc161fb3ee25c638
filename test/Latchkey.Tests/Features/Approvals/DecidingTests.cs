using System.Net;
using Latchkey.Platform.Staff;
using Latchkey.Platform.Tenancy;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Features.Approvals;

/// <summary>The second person (SECURITY 142a-142g).</summary>
public sealed class DecidingTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task Nobody_approves_what_they_asked_for()
    {
        using var desk = await Desk.OpenAsync(portal);
        var account = await portal.AccountAsync(desk.Storefront, "ann@own.example");
        var approval = await desk.RequestAsync("Reset", account, by: desk.Support);

        var refused = await desk.ApproveAsync(approval);

        refused.Status.ShouldBe(HttpStatusCode.Conflict);
        refused.Text.ShouldContain("Whoever asks does not approve.");
        (await desk.StateAsync(account)).ShouldBe("proven");
        using var sid = await desk.SupportAsync();
        (await desk.ApproveAsync(approval, sid)).Location.ShouldEndWith("?done=Done");
        (await desk.StateAsync(account)).ShouldBe("unproven");
    }

    [Theory]
    [InlineData(StaffRole.Staff)]
    [InlineData(StaffRole.Manager)]
    [InlineData(StaffRole.Owner)]
    public async Task Only_support_approves(StaffRole role)
    {
        using var desk = await Desk.OpenAsync(portal);
        var approval = await desk.RequestAsync("Reset", await portal.AccountAsync(desk.Storefront, $"ann@{role}.example".ToLowerInvariant()));
        using var visit = await portal.StaffVisitAsync(desk.Storefront.OrganizationId, role);

        (await desk.ApproveAsync(approval, visit)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await visit.PostAsync($"{approval}?handler=Reject")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await visit.PostAsync($"{approval}?handler=Undo")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await visit.GetAsync(approval)).Text.ShouldContain("Waiting for approval");
    }

    [Fact]
    public async Task Looking_at_it_decides_nothing()
    {
        using var desk = await Desk.OpenAsync(portal);
        var account = await portal.AccountAsync(desk.Storefront, "ann@looked-at.example");
        var approval = await desk.RequestAsync("Reset", account);

        foreach (var path in new[] { approval, $"{approval}?handler=Approve" }) await desk.Support.GetAsync(path);
        using var head = new HttpRequestMessage(HttpMethod.Head, new Uri(portal.Url, $"/console{approval}?handler=Approve"));
        await desk.Support.SendAsync(head);

        (await desk.StateAsync(account)).ShouldBe("proven");
        (await desk.Support.GetAsync(approval)).Text.ShouldContain("Waiting for approval");
    }

    [Fact]
    public async Task Of_two_who_approve_at_once_one_does()
    {
        using var desk = await Desk.OpenAsync(portal);
        var (from, into) = (await portal.AccountAsync(desk.Storefront, "ann@race-a.example"), await portal.AccountAsync(desk.Storefront, "ann@race-b.example"));
        var approval = await desk.RequestAsync("Merge", from, into);
        using var sid = await desk.SupportAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => (i % 3) switch
        {
            0 => desk.ApproveAsync(approval),
            1 => desk.ApproveAsync(approval, sid),
            _ => desk.Support.PostAsync($"{approval}?handler=Reject"),
        }));

        answers.Count(a => a.Status == HttpStatusCode.Redirect).ShouldBe(1);
        answers.Where(a => a.Status != HttpStatusCode.Redirect).ShouldAllBe(a => a.Status == HttpStatusCode.Conflict);
        bool merged = answers.Single(a => a.Status == HttpStatusCode.Redirect).Location!.EndsWith("?done=Done", StringComparison.Ordinal);
        (await desk.StateAsync(from)).ShouldBe(merged ? "merged" : "proven");
        (await desk.EventsAsync("account merged")).ShouldBe(merged ? 2 : 0);
        (await desk.EventsAsync("approval rejected")).ShouldBe(merged ? 0 : 1);
        (await desk.ApproveAsync(approval)).Status.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task It_expires_after_a_week()
    {
        var storefront = await portal.StorefrontAsync();
        using var desk = await Desk.OpenAsync(portal, storefront);
        var account = await portal.AccountAsync(storefront, "ann@week.example");
        var approval = await desk.RequestAsync("Reset", account);
        await AgeAsync(desk);

        (await desk.ApproveAsync(approval)).Text.ShouldContain("It was decided already, or its time is over.");

        (await desk.StateAsync(account)).ShouldBe("proven");
        (await desk.Support.GetAsync("/approvals?state=Expired")).Text.ShouldContain("ann@week.example");
        (await desk.Support.GetAsync("/approvals")).Text.ShouldContain("Nothing waits for approval.");
        (await desk.RequestAsync("Reset", account)).ShouldNotBe(approval);
    }

    [Theory]
    [InlineData("update account set email = 'else@changed.example' where organization_id = @OrganizationId and id = @account", "address")]
    [InlineData("update account set phone = '+15550009999' where organization_id = @OrganizationId and id = @account", "phone number")]
    [InlineData("update account set state = 'disabled' where organization_id = @OrganizationId and id = @account", "state of the account")]
    [InlineData("delete from account_contact where organization_id = @OrganizationId and account_id = @account; update contact set linked = false where organization_id = @OrganizationId and email = 'ann@changes.example'", "linked contacts")]
    public async Task What_changed_since_it_was_asked_for_is_refused_and_named(string change, string named)
    {
        using var desk = await Desk.OpenAsync(portal);
        var account = await portal.AccountAsync(desk.Storefront, "ann@changes.example");
        var into = await portal.AccountAsync(desk.Storefront, "ann@stays.example");
        var approval = await desk.RequestAsync("Merge", account, into);
        await portal.ExecuteAsync(change, new { desk.Storefront.OrganizationId, account });

        var refused = await desk.ApproveAsync(approval);

        refused.Status.ShouldBe(HttpStatusCode.Conflict);
        refused.Text.ShouldContain($"Something has changed since: {named}. Nothing was done.");
        (await desk.StateAsync(account)).ShouldNotBe("merged");
        (await desk.Support.PostAsync($"{approval}?handler=Reject", ("note", "It changed."))).Location.ShouldEndWith("?done=Rejected");
    }

    [Fact]
    public async Task Whoever_asked_must_still_be_allowed_to()
    {
        using var desk = await Desk.OpenAsync(portal);
        var account = await portal.AccountAsync(desk.Storefront, "ann@left.example");
        var approval = await desk.RequestAsync("Reset", account);
        await portal.ExecuteAsync("update staff_member set role = 'Staff' where organization_id = @OrganizationId and role = 'Manager'", new { desk.Storefront.OrganizationId });

        (await desk.ApproveAsync(approval)).Text.ShouldContain("Whoever asked for this may no longer do so.");

        (await desk.StateAsync(account)).ShouldBe("proven");
    }

    [Fact]
    public async Task Whoever_approves_must_be_of_support_at_that_moment()
    {
        using var desk = await Desk.OpenAsync(portal);
        var account = await portal.AccountAsync(desk.Storefront, "ann@leaves.example");
        var approval = await desk.RequestAsync("Reset", account);
        using var sid = await desk.SupportAsync("Sid Leaves");
        await portal.ExecuteAsync("""
            update staff_member set removed_at = @now where organization_id = @Installation
              and account_id in (select id from account where organization_id = @Installation and full_name = 'Sid Leaves')
            """, new { ConsoleRealm.Installation, now = portal.Clock.GetUtcNow() });

        await desk.ApproveAsync(approval, sid);

        (await desk.StateAsync(account)).ShouldBe("proven");
    }

    [Fact]
    public async Task Another_organizations_approval_does_not_exist()
    {
        using var desk = await Desk.OpenAsync(portal);
        using var elsewhere = await Desk.OpenAsync(portal);
        var account = await portal.AccountAsync(desk.Storefront, "ann@elsewhere.example");
        var approval = await desk.RequestAsync("Reset", account);

        (await elsewhere.Support.GetAsync(approval)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await elsewhere.ApproveAsync(approval)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await elsewhere.Support.GetAsync("/approvals?state=All")).Text.ShouldNotContain("ann@elsewhere.example");
        (await desk.StateAsync(account)).ShouldBe("proven");
    }

    [Fact]
    public async Task Whoever_asked_withdraws_it()
    {
        using var desk = await Desk.OpenAsync(portal);
        var account = await portal.AccountAsync(desk.Storefront, "ann@withdrawn.example");
        var approval = await desk.RequestAsync("Reset", account);
        (await desk.Manager.GetAsync(approval)).Text.ShouldContain("You can withdraw it.");

        (await desk.Manager.PostAsync($"{approval}?handler=Reject")).Location.ShouldEndWith("?done=Rejected");

        (await desk.ApproveAsync(approval)).Status.ShouldBe(HttpStatusCode.Conflict);
        (await desk.StateAsync(account)).ShouldBe("proven");
    }

    /// <summary>A week later for this organization alone: the clock is everybody's.</summary>
    private Task AgeAsync(Desk desk) => portal.ExecuteAsync("update approval set expires_at = @now where organization_id = @OrganizationId",
        new { desk.Storefront.OrganizationId, now = portal.Clock.GetUtcNow() });
}

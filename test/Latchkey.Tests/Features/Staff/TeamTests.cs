using System.Net;
using Latchkey.Platform.Staff;
using Latchkey.Platform.Tenancy;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Features.Staff;

/// <summary>Owners decide who works here.</summary>
public sealed class TeamTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task An_invited_person_signs_in_with_the_invited_address()
    {
        var storefront = await portal.StorefrontAsync();
        using var owner = await portal.StaffVisitAsync(storefront.OrganizationId, StaffRole.Owner, "Olivia Owner");

        var invited = await InviteAsync(owner, "max@invited.example", StaffRole.Manager);

        invited.Location.ShouldBe("/console/team?done=invited");
        var mail = (await portal.MailsAsync("max@invited.example"))[0];
        mail.Subject.ShouldBe("Olivia Owner invites you to the console of Riverbend");
        mail.Text.ShouldContain("/console");
        (await ChipsAsync(owner)).ShouldContain("Invited");
        using var max = portal.Visit(portal.Console);
        await max.SignInAsync("max@invited.example", mails: 2);
        (await max.GetAsync("")).Status.ShouldBe(HttpStatusCode.OK);
        (await ChipsAsync(owner)).ShouldNotContain("Invited");
    }

    [Fact]
    public async Task An_invitation_is_over_after_a_week()
    {
        var storefront = await portal.StorefrontAsync();
        using var owner = await portal.StaffVisitAsync(storefront.OrganizationId, StaffRole.Owner);
        await InviteAsync(owner, "late@invited.example", StaffRole.Manager);
        await portal.MailsAsync("late@invited.example");
        await portal.ExecuteAsync("update staff_member set added_at = @at where organization_id = @OrganizationId and joined_at is null",
            new { storefront.OrganizationId, at = portal.Clock.GetUtcNow().AddDays(-7) });
        using var late = portal.Visit(portal.Console);
        await late.SignInAsync("late@invited.example", mails: 2);

        (await late.GetAsync("")).Location.ShouldBe("/console/portal/organizations");
        (await owner.GetAsync("/team")).Text.ShouldContain("Invitation is over");
        (await InviteAsync(owner, "late@invited.example", StaffRole.Staff)).Location.ShouldBe("/console/team?done=invited");
        (await late.GetAsync("")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_second_invitation_of_somebody_who_is_there_changes_nothing()
    {
        var storefront = await portal.StorefrontAsync();
        using var owner = await portal.StaffVisitAsync(storefront.OrganizationId, StaffRole.Owner);
        var email = await portal.StaffAsync(storefront.OrganizationId, StaffRole.Staff);

        var again = await InviteAsync(owner, email, StaffRole.Owner);

        again.Status.ShouldBe(HttpStatusCode.BadRequest);
        again.Text.ShouldContain("They are on the team already.");
        (await RoleOfAsync(storefront, email)).ShouldBe("Staff");
    }

    [Fact]
    public async Task A_changed_role_holds_after_signing_in_again()
    {
        var storefront = await portal.StorefrontAsync();
        using var owner = await portal.StaffVisitAsync(storefront.OrganizationId, StaffRole.Owner);
        var email = await portal.StaffAsync(storefront.OrganizationId, StaffRole.Staff);
        using var stella = portal.Visit(portal.Console);
        await stella.SignInAsync(email);

        (await owner.PostAsync("/team?handler=Role", ("member", await IdAsync(email)), ("role", "Manager"))).Location.ShouldBe("/console/team?done=role");

        (await stella.GetAsync("")).Location.ShouldBe("/console/portal/sign-in");
        (await RoleOfAsync(storefront, email)).ShouldBe("Manager");
        (await portal.ScalarAsync<string>("select changes from activity where organization_id = @OrganizationId and event = 'role changed'", new { storefront.OrganizationId }))
            .ShouldBe("""{"role":["Staff","Manager"]}""");
    }

    [Fact]
    public async Task Who_is_removed_is_out_at_once()
    {
        var storefront = await portal.StorefrontAsync();
        using var owner = await portal.StaffVisitAsync(storefront.OrganizationId, StaffRole.Owner);
        var email = await portal.StaffAsync(storefront.OrganizationId, StaffRole.Manager);
        using var max = portal.Visit(portal.Console);
        await max.SignInAsync(email);

        await owner.PostAsync("/team?handler=Remove", ("member", await IdAsync(email)));

        (await max.GetAsync("/team")).Status.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task There_is_always_an_owner()
    {
        var storefront = await portal.StorefrontAsync();
        var email = await portal.StaffAsync(storefront.OrganizationId, StaffRole.Owner);
        using var owner = portal.Visit(portal.Console);
        await owner.SignInAsync(email);

        (await owner.PostAsync("/team?handler=Remove", ("member", await IdAsync(email)))).Text.ShouldContain("Nobody changes their own role.");

        var second = await portal.StaffAsync(storefront.OrganizationId, StaffRole.Owner);
        using var other = portal.Visit(portal.Console);
        await other.SignInAsync(second);
        var both = await Task.WhenAll(
            owner.PostAsync("/team?handler=Remove", ("member", await IdAsync(second))),
            other.PostAsync("/team?handler=Remove", ("member", await IdAsync(email))));
        both.Count(a => a.Location == "/console/team?done=removed").ShouldBe(1);
        (await portal.ScalarAsync<long>("select count(*) from staff_member where organization_id = @OrganizationId and role = 'Owner' and removed_at is null", new { storefront.OrganizationId })).ShouldBe(1);
    }

    [Theory]
    [InlineData("Support")]
    [InlineData("king")]
    public async Task No_owner_gives_a_role_that_is_not_theirs_to_give(string role)
    {
        var storefront = await portal.StorefrontAsync();
        using var owner = await portal.StaffVisitAsync(storefront.OrganizationId, StaffRole.Owner);

        (await owner.PostAsync("/team?handler=Invite", ("email", "x@invited.example"), ("role", role))).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await portal.ScalarAsync<long>("select count(*) from staff_member where organization_id = @OrganizationId", new { storefront.OrganizationId })).ShouldBe(1);
    }

    [Fact]
    public async Task Another_organizations_staff_cannot_be_changed()
    {
        var (storefront, other) = (await portal.StorefrontAsync(), await portal.StorefrontAsync());
        using var owner = await portal.StaffVisitAsync(storefront.OrganizationId, StaffRole.Owner);
        var theirs = await portal.StaffAsync(other.OrganizationId, StaffRole.Staff);

        (await owner.PostAsync("/team?handler=Role", ("member", await IdAsync(theirs)), ("role", "Owner"))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await RoleOfAsync(other, theirs)).ShouldBe("Staff");
    }

    private static async Task<IEnumerable<string>> ChipsAsync(Visit owner) => (await owner.GetAsync("/team")).Page.QuerySelectorAll(".chip").Select(c => c.TextContent.Trim());

    private static Task<Answer> InviteAsync(Visit owner, string email, StaffRole role) =>
        owner.PostAsync("/team?handler=Invite", ("email", email), ("role", role.ToString()));

    private async Task<string> IdAsync(string email) =>
        (await portal.ScalarAsync<Guid>("select id from account where organization_id = @Installation and email = @email", new { ConsoleRealm.Installation, email })).ToString();

    private Task<string?> RoleOfAsync(Storefront storefront, string email) => portal.ScalarAsync<string?>(
        "select m.role from staff_member m join account a on a.organization_id = @Installation and a.id = m.account_id where m.organization_id = @OrganizationId and a.email = @email",
        new { ConsoleRealm.Installation, storefront.OrganizationId, email });
}

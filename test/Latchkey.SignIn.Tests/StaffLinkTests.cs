using Latchkey.SignIn.Tests.Rig;

namespace Latchkey.SignIn.Tests;

public sealed class ALinkThatStaffCopyTests(Town town) : IClassFixture<Town>
{
    static readonly SignInPolicy Allowed = SignInPolicy.Subscription with { Limits = SignInLimits.Off };

    readonly Shop shop = town.Open(Allowed);

    [Fact]
    public async Task Signs_in_once_within_ten_minutes_and_is_marked_as_opened_by_staff()
    {
        var ann = await shop.AccountAsync("ann@example.com");
        var copied = await shop.CopyAsync(ann);
        copied.Outcome.ShouldBe(StaffLinkOutcome.Made);
        copied.ExpiresAt.ShouldBe(shop.Now.AddMinutes(10));

        shop.Seconds(599);
        var session = (await shop.RedeemAsync(copied.Token!)).Session.ShouldNotBeNull();
        var live = (await shop.FindAsync(session.Token)).ShouldNotBeNull();
        (live.Means, live.IsByStaff, live.IsFresh(shop.Now)).ShouldBe(("staff link", true, false));
        (await shop.RedeemAsync(copied.Token!)).Status.ShouldBe(LinkStatus.AlreadyUsed);
        (await shop.CountAsync("sign_in_request", "made_by = 'staff copy' and staff = 'manager@example.com' and reason = 'Lost their mailbox'")).ShouldBe(1);
    }

    [Fact]
    public async Task Expires_after_ten_minutes()
    {
        var copied = await shop.CopyAsync(await shop.AccountAsync("ann@example.com"));
        shop.Minutes(10);
        (await shop.RedeemAsync(copied.Token!)).Status.ShouldBe(LinkStatus.Expired);
    }

    [Fact]
    public async Task Is_refused_without_a_reason_by_policy_for_unproven_accounts_and_when_there_are_too_many()
    {
        var ann = await shop.AccountAsync("ann@example.com");
        (await shop.CopyAsync(ann, reason: " ")).Outcome.ShouldBe(StaffLinkOutcome.NoReason);

        var bob = await shop.AccountAsync("bob@example.com", "unproven");
        (await shop.CopyAsync(bob, email: "bob@example.com")).Outcome.ShouldBe(StaffLinkOutcome.NotProven);

        shop.Policy = Allowed with { StaffMayCopyLinks = false };
        (await shop.CopyAsync(ann)).Outcome.ShouldBe(StaffLinkOutcome.NotAllowed);

        shop.Policy = Allowed with { Limits = new SignInLimits { Staff = new Limit(2, TimeSpan.FromMinutes(6)) } };
        (await shop.CopyAsync(ann)).Outcome.ShouldBe(StaffLinkOutcome.Made);
        (await shop.CopyAsync(ann)).Outcome.ShouldBe(StaffLinkOutcome.Made);
        var limited = await shop.CopyAsync(ann);
        (limited.Outcome, limited.Token).ShouldBe((StaffLinkOutcome.Limited, null));
        (await shop.CountAsync("sign_in_request")).ShouldBe(2);
    }

    [Fact]
    public async Task Ends_with_the_sessions_of_the_account()
    {
        var ann = await shop.AccountAsync("ann@example.com");
        var copied = await shop.CopyAsync(ann);
        await shop.EndAllAsync(ann);
        (await shop.RedeemAsync(copied.Token!)).Session.ShouldBeNull();
    }
}

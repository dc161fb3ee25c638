using Latchkey.SignIn.Tests.Rig;

namespace Latchkey.SignIn.Tests;

public sealed class AOneTimeLinkTests(Town town) : IClassFixture<Town>
{
    readonly Shop shop = town.Open();
    readonly Guid ann = Guid.NewGuid();

    [Fact]
    public async Task Does_its_thing_once_however_many_try_at_once()
    {
        var link = await shop.IssueAsync(OneTimePurpose.ResetPassword, ann);
        (await shop.StatusAsync(OneTimePurpose.ResetPassword, link)).ShouldBe(LinkStatus.Ready);

        var used = await Town.AtOnceAsync(50, _ => shop.UseAsync(OneTimePurpose.ResetPassword, link));

        var winner = used.Where(u => u is not null).ShouldHaveSingleItem()!;
        (winner.AccountId, winner.Address.Value, winner.Status).ShouldBe((ann, "ann@example.com", LinkStatus.Ready));
        (await shop.StatusAsync(OneTimePurpose.ResetPassword, link)).ShouldBe(LinkStatus.AlreadyUsed);
    }

    [Fact]
    public async Task Is_nothing_for_any_other_purpose_or_storefront()
    {
        foreach (var made in Enum.GetValues<OneTimePurpose>())
        {
            var link = await shop.IssueAsync(made, ann);
            foreach (var tried in Enum.GetValues<OneTimePurpose>().Where(p => p != made))
            {
                (await shop.StatusAsync(tried, link)).ShouldBe(LinkStatus.Unknown);
                (await shop.UseAsync(tried, link)).ShouldBeNull();
            }
            (await shop.Sister().UseAsync(made, link)).ShouldBeNull();
            (await shop.StatusAsync(link)).ShouldBe(LinkStatus.Unknown);
            (await shop.RedeemAsync(link)).Status.ShouldBe(LinkStatus.Unknown);
            (await shop.UseAsync(made, link)).ShouldNotBeNull();
        }
    }

    [Fact]
    public async Task Works_until_its_time_is_over_and_never_after()
    {
        var link = await shop.IssueAsync(OneTimePurpose.ConfirmEmail, ann, minutes: 60);
        shop.Minutes(60);
        (await shop.StatusAsync(OneTimePurpose.ConfirmEmail, link)).ShouldBe(LinkStatus.Expired);
        (await shop.UseAsync(OneTimePurpose.ConfirmEmail, link)).ShouldBeNull();

        var next = await shop.IssueAsync(OneTimePurpose.ConfirmEmail, ann, minutes: 60);
        shop.Seconds(3599);
        (await shop.UseAsync(OneTimePurpose.ConfirmEmail, next)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Ends_with_the_others_of_its_account_except_the_one_that_undoes()
    {
        var reset = await shop.IssueAsync(OneTimePurpose.ResetPassword, ann);
        var change = await shop.IssueAsync(OneTimePurpose.ChangeEmail, ann);
        var undo = await shop.IssueAsync(OneTimePurpose.UndoEmail, ann);

        (await shop.RevokeAsync(OneTimePurpose.ResetPassword, ann)).ShouldBe(1);
        (await shop.StatusAsync(OneTimePurpose.ResetPassword, reset)).ShouldBe(LinkStatus.Revoked);
        (await shop.StatusAsync(OneTimePurpose.ChangeEmail, change)).ShouldBe(LinkStatus.Ready);

        await shop.EndAllAsync(ann);
        (await shop.UseAsync(OneTimePurpose.ChangeEmail, change)).ShouldBeNull();
        (await shop.UseAsync(OneTimePurpose.UndoEmail, undo)).ShouldNotBeNull();
    }
}

using Latchkey.SignIn.Tests.Rig;

namespace Latchkey.SignIn.Tests;

public sealed class APasskeyChallengeTests(Town town) : IClassFixture<Town>
{
    static readonly Visitor Ann = new(BrowserSecret.Create(), "192.0.2.7", "Safari on iPhone");

    [Fact]
    public async Task Is_taken_by_one_of_many_at_once()
    {
        var shop = town.Open();
        var issued = await shop.IssueChallengeAsync(Ann, null, "state");

        var taken = await Town.AtOnceAsync(20, _ => shop.TakeChallengeAsync(issued.Id, Ann.Browser, null));

        taken.Count(t => t == "state").ShouldBe(1);
        taken.Count(t => t is null).ShouldBe(19);
    }

    [Fact]
    public async Task Ends_after_five_minutes_and_is_cleared_away()
    {
        var shop = town.Open();
        var issued = await shop.IssueChallengeAsync(Ann, null, "state");
        shop.Pass(PasskeyChallenges.Lifetime - TimeSpan.FromSeconds(1));
        await town.WriteAsync(t => new Housekeeping(shop.Clock).ForgetChallengesAsync(t));
        (await shop.CountAsync("passkey_challenge")).ShouldBe(1);

        shop.Seconds(1);

        (await shop.TakeChallengeAsync(issued.Id, Ann.Browser, null)).ShouldBeNull();
        await town.WriteAsync(t => new Housekeeping(shop.Clock).ForgetChallengesAsync(t));
        (await shop.CountAsync("passkey_challenge")).ShouldBe(0);
    }

    [Fact]
    public async Task Is_nothing_to_another_browser_storefront_or_account()
    {
        var shop = town.Open();
        var account = Guid.NewGuid();
        var issued = await shop.IssueChallengeAsync(Ann, account, "state");

        (await shop.TakeChallengeAsync(issued.Id, BrowserSecret.Create(), account)).ShouldBeNull();
        (await shop.Sister().TakeChallengeAsync(issued.Id, Ann.Browser, account)).ShouldBeNull();
        (await town.Open().TakeChallengeAsync(issued.Id, Ann.Browser, account)).ShouldBeNull();
        (await shop.TakeChallengeAsync(issued.Id, Ann.Browser, Guid.NewGuid())).ShouldBeNull();
        (await shop.TakeChallengeAsync(issued.Id, Ann.Browser, null)).ShouldBeNull();

        (await shop.TakeChallengeAsync(issued.Id, Ann.Browser, account)).ShouldBe("state");
    }

    [Fact]
    public async Task Is_not_given_to_a_place_that_asked_for_too_many()
    {
        var shop = town.Open(SignInPolicy.New with { Limits = SignInLimits.Off with { Passkey = new(2, TimeSpan.FromMinutes(1)) } });
        await shop.IssueChallengeAsync(Ann, null, "state");
        await shop.IssueChallengeAsync(Ann, null, "state");

        var limited = await shop.IssueChallengeAsync(Ann, null, "state");

        limited.LimitedUntil.ShouldBe(shop.Now + TimeSpan.FromMinutes(1));
        (await shop.CountAsync("passkey_challenge")).ShouldBe(2);
        (await shop.IssueChallengeAsync(Ann with { Ip = "192.0.2.8" }, null, "state")).LimitedUntil.ShouldBeNull();
    }
}

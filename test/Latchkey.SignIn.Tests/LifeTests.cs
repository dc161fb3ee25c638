using Latchkey.SignIn.Tests.Rig;

namespace Latchkey.SignIn.Tests;

public sealed class TheLifeOfALinkTests(Town town) : IClassFixture<Town>
{
    [Theory]
    [InlineData("storage", 60)]
    [InlineData("membership", 15)]
    [InlineData("subscription", 10)]
    [InlineData("new", 15)]
    public async Task Counts_from_the_moment_the_mail_server_took_the_mail(string preset, int minutes)
    {
        var shop = town.Open(SignInPolicy.Presets[preset] with { Limits = SignInLimits.Off });
        await shop.AccountAsync("ann@example.com");
        await shop.AskAsync("ann@example.com");
        var letter = (await shop.WriteLettersAsync()).Single();
        shop.Minutes(90); // the relay was down
        await shop.HandOverAsync(letter);

        shop.Pass(TimeSpan.FromMinutes(minutes) - TimeSpan.FromSeconds(1));
        (await shop.StatusAsync(letter.Link)).ShouldBe(LinkStatus.Ready);
        shop.Seconds(1);
        (await shop.StatusAsync(letter.Link)).ShouldBe(LinkStatus.Expired);
    }

    [Theory]
    [InlineData(-1, LinkStatus.Ready)]
    [InlineData(0, LinkStatus.Expired)]
    [InlineData(1, LinkStatus.Expired)]
    public async Task Ends_to_the_second(int seconds, LinkStatus status)
    {
        var shop = town.Open();
        await shop.AccountAsync("ann@example.com");
        var letter = await shop.LetterAsync("ann@example.com");
        shop.Pass(shop.Policy.LinkLifetime + TimeSpan.FromSeconds(seconds));
        (await shop.RedeemAsync(letter.Link)).Status.ShouldBe(status);
        (await shop.CountAsync("session")).ShouldBe(status == LinkStatus.Ready ? 1 : 0);
    }

    [Fact]
    public async Task Ends_with_the_request_however_late_the_mail_left()
    {
        var shop = town.Open();
        await shop.AccountAsync("ann@example.com");
        await shop.AskAsync("ann@example.com");
        var letter = (await shop.WriteLettersAsync()).Single();
        shop.Pass(shop.Policy.RequestLifetime - TimeSpan.FromMinutes(5));
        await shop.HandOverAsync(letter);
        shop.Minutes(5);
        (await shop.RedeemAsync(letter.Link)).Status.ShouldBe(LinkStatus.Expired);
        await shop.HandOverAsync(letter); // tried again by a worker that knows nothing of it
        (await shop.RedeemAsync(letter.Link)).Status.ShouldBe(LinkStatus.Expired);
    }

    [Fact]
    public async Task Is_over_for_good_however_often_it_is_tried()
    {
        var shop = town.Open();
        await shop.AccountAsync("ann@example.com");
        var letter = await shop.LetterAsync("ann@example.com");
        shop.Minutes(15);
        for (int i = 0; i < 10; i++)
        {
            (await shop.RedeemAsync(letter.Link)).ShouldBe(new RedeemAnswer(LinkStatus.Expired, null));
            shop.Minutes(1);
        }
    }

    /// <summary>
    /// Expiry is the clock's alone, nothing is written for it: a clock that went back five minutes would give them back to the link, once.
    /// That is why the engine asks for a clock that never goes back (on several nodes, the database's).
    /// </summary>
    [Fact]
    public async Task Is_decided_by_the_clock_alone()
    {
        var shop = town.Open();
        await shop.AccountAsync("ann@example.com");
        var letter = await shop.LetterAsync("ann@example.com");
        shop.Minutes(16);
        (await shop.RedeemAsync(letter.Link)).Status.ShouldBe(LinkStatus.Expired);
        shop.Minutes(-5);
        (await shop.RedeemAsync(letter.Link)).Status.ShouldBe(LinkStatus.Ready);
        (await shop.RedeemAsync(letter.Link)).Status.ShouldBe(LinkStatus.AlreadyUsed);
    }

    [Fact]
    public async Task Begins_again_with_each_mail_of_its_request()
    {
        var shop = town.Open();
        var browser = BrowserSecret.Create();
        await shop.AccountAsync("ann@example.com");
        var first = await shop.LetterAsync("ann@example.com", browser);
        shop.Minutes(14);
        await shop.LetterAsync("ann@example.com", browser);
        shop.Minutes(14);
        (await shop.StatusAsync(first.Link)).ShouldBe(LinkStatus.Ready);
        shop.Minutes(1);
        (await shop.StatusAsync(first.Link)).ShouldBe(LinkStatus.Expired);
    }

    [Fact]
    public async Task Does_not_begin_again_once_it_was_used_or_revoked()
    {
        var shop = town.Open();
        var ann = await shop.AccountAsync("ann@example.com");
        var used = await shop.LetterAsync("ann@example.com");
        var session = (await shop.RedeemAsync(used.Link)).Session!;
        await shop.HandOverAsync(used);
        (await shop.StatusAsync(used.Link)).ShouldBe(LinkStatus.AlreadyUsed);

        var revoked = await shop.LetterAsync("ann@example.com");
        await shop.EndAllAsync(ann);
        await shop.HandOverAsync(revoked);
        (await shop.StatusAsync(revoked.Link)).ShouldBe(LinkStatus.Revoked);
        (await shop.IsSignedInAsync(session)).ShouldBeFalse();
    }

    /// <summary>A mail that a relay held back belongs to a request that was closed since; a sign-in still has to kill it.</summary>
    [Fact]
    public async Task Of_a_mail_that_came_late_ends_with_any_sign_in()
    {
        var shop = town.Open();
        var browser = BrowserSecret.Create();
        await shop.AccountAsync("ann@example.com");
        await shop.AskAsync("ann@example.com", browser);
        var late = (await shop.WriteLettersAsync()).Single();
        shop.Minutes(16);
        var fresh = await shop.LetterAsync("ann@example.com", browser);
        fresh.RequestId.ShouldNotBe(late.RequestId);
        await shop.HandOverAsync(late);
        (await shop.StatusAsync(late.Link)).ShouldBe(LinkStatus.Ready);

        (await shop.RedeemAsync(fresh.Link)).Session.ShouldNotBeNull();

        (await shop.RedeemAsync(late.Link)).ShouldBe(new RedeemAnswer(LinkStatus.Revoked, null));
    }
}

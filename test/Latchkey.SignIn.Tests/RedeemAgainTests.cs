using Latchkey.SignIn.Tests.Rig;

namespace Latchkey.SignIn.Tests;

public sealed class ALinkIsPostedAgainTests(Town town) : IClassFixture<Town>
{
    [Fact]
    public async Task Once_by_one_browser_that_posts_many_times_and_is_answered_alike_each_time()
    {
        var shop = town.Open();
        var browser = BrowserSecret.Create();
        await shop.AccountAsync("ann@example.com");
        var letter = await shop.LetterAsync("ann@example.com", browser);

        var answers = await Town.AtOnceAsync(50, _ => shop.RedeemAsync(letter.Link, browser));

        answers.ShouldAllBe(a => a.Status == LinkStatus.Ready);
        answers.Select(a => a.Session).Distinct().ShouldHaveSingleItem();
        (await shop.CountAsync("session")).ShouldBe(1);
    }

    [Fact]
    public async Task Again_by_the_browser_that_won_within_a_minute()
    {
        var shop = town.Open();
        var browser = BrowserSecret.Create();
        await shop.AccountAsync("ann@example.com");
        var letter = await shop.LetterAsync("ann@example.com");
        var first = await shop.RedeemAsync(letter.Link, browser);

        shop.Seconds(59);
        (await shop.RedeemAsync(letter.Link, browser)).ShouldBe(first);
        (await shop.RedeemAsync(letter.Link)).ShouldBe(new RedeemAnswer(LinkStatus.AlreadyUsed, null));
        shop.Seconds(1);
        (await shop.RedeemAsync(letter.Link, browser)).ShouldBe(new RedeemAnswer(LinkStatus.AlreadyUsed, null));
        (await shop.CountAsync("session")).ShouldBe(1);
    }

    [Fact]
    public async Task Again_also_when_its_time_ran_out_in_between()
    {
        var shop = town.Open();
        var browser = BrowserSecret.Create();
        await shop.AccountAsync("ann@example.com");
        var letter = await shop.LetterAsync("ann@example.com");
        shop.Pass(shop.Policy.LinkLifetime - TimeSpan.FromSeconds(1));
        var first = await shop.RedeemAsync(letter.Link, browser);
        shop.Seconds(2);
        (await shop.RedeemAsync(letter.Link, browser)).ShouldBe(first);
    }

    [Fact]
    public async Task Not_again_after_signing_out()
    {
        var shop = town.Open();
        var browser = BrowserSecret.Create();
        await shop.AccountAsync("ann@example.com");
        var letter = await shop.LetterAsync("ann@example.com", browser);
        var session = (await shop.RedeemAsync(letter.Link, browser)).Session!;
        await shop.EndAsync(session.Id);

        (await shop.RedeemAsync(letter.Link, browser)).ShouldBe(new RedeemAnswer(LinkStatus.AlreadyUsed, null));
        (await shop.IsSignedInAsync(session)).ShouldBeFalse();
    }
}

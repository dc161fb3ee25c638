using Latchkey.SignIn.Tests.Rig;

namespace Latchkey.SignIn.Tests;

public sealed class AskingAgainTests(Town town) : IClassFixture<Town>
{
    [Fact]
    public async Task In_the_same_browser_a_moment_later_sends_nothing_more()
    {
        var shop = town.Open();
        var browser = BrowserSecret.Create();
        await shop.AccountAsync("ann@example.com");
        var first = await shop.AskAsync("ann@example.com", browser);
        (await shop.PostAsync()).Count.ShouldBe(1);

        shop.Seconds(29);
        var second = await shop.AskAsync("Ann@Example.com", browser);

        second.ShouldBe(new AskAnswer(AskOutcome.AlreadySent, first.RequestId, first.AgainAt));
        first.AgainAt.ShouldBe(shop.Now.AddSeconds(1));
        (await shop.PostAsync()).ShouldBeEmpty();
        (await shop.CountAsync("sign_in_request")).ShouldBe(1);
    }

    [Fact]
    public async Task After_the_pause_sends_one_more_mail_of_the_same_request_with_the_same_code_and_another_link()
    {
        var shop = town.Open();
        var browser = BrowserSecret.Create();
        await shop.AccountAsync("ann@example.com");
        var first = await shop.LetterAsync("ann@example.com", browser);

        shop.Seconds(30);
        var second = await shop.LetterAsync("ann@example.com", browser);

        second.RequestId.ShouldBe(first.RequestId);
        second.Code.ShouldBe(first.Code);
        second.Number.ShouldBe(2);
        second.Link.Value.ShouldNotBe(first.Link.Value);
        (await shop.StatusAsync(first.Link)).ShouldBe(LinkStatus.Ready);
        (await shop.StatusAsync(second.Link)).ShouldBe(LinkStatus.Ready);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Leaves_every_mail_working_until_one_is_used_and_then_none(int used)
    {
        var shop = town.Open();
        var browser = BrowserSecret.Create();
        await shop.AccountAsync("ann@example.com");
        var letters = new List<Letter>();
        for (int i = 0; i < 3; i++)
        {
            letters.Add(await shop.LetterAsync("ann@example.com", browser));
            shop.Seconds(30);
        }

        (await shop.RedeemAsync(letters[used].Link)).Session.ShouldNotBeNull();

        foreach (var letter in letters)
        {
            (await shop.StatusAsync(letter.Link)).ShouldBe(LinkStatus.AlreadyUsed);
            (await shop.RedeemAsync(letter.Link)).ShouldBe(new RedeemAnswer(LinkStatus.AlreadyUsed, null));
        }
        (await shop.TypeAsync(letters[0].RequestId, letters[0].Code, browser)).Session.ShouldBeNull();
        (await shop.CountAsync("session")).ShouldBe(1);
    }

    [Fact]
    public async Task In_another_browser_is_a_request_of_its_own()
    {
        var shop = town.Open();
        await shop.AccountAsync("ann@example.com");
        var home = await shop.LetterAsync("ann@example.com", BrowserSecret.Create());
        var phone = await shop.LetterAsync("ann@example.com", BrowserSecret.Create());

        phone.RequestId.ShouldNotBe(home.RequestId);
        phone.Code.ShouldNotBe(home.Code);
        phone.Number.ShouldBe(1);
    }

    [Fact]
    public async Task For_another_address_is_a_request_of_its_own()
    {
        var shop = town.Open();
        var browser = BrowserSecret.Create();
        var ann = await shop.AskAsync("ann@example.com", browser);
        var bob = await shop.AskAsync("bob@example.com", browser);
        bob.Outcome.ShouldBe(AskOutcome.Accepted);
        bob.RequestId.ShouldNotBe(ann.RequestId);
        (await shop.WaitingAsync(browser, ann.RequestId)).ShouldNotBeNull().Name.Value.ShouldBe("ann@example.com");
        (await shop.WaitingAsync(BrowserSecret.Create(), ann.RequestId)).ShouldBeNull();
        (await shop.Sister().WaitingAsync(browser, ann.RequestId)).ShouldBeNull();
    }

    [Fact]
    public async Task Twenty_times_at_once_is_one_request_and_one_mail()
    {
        var shop = town.Open();
        await shop.AccountAsync("ann@example.com");
        for (int round = 0; round < 5; round++)
        {
            var browser = BrowserSecret.Create();
            var answers = await Town.AtOnceAsync(20, _ => shop.AskAsync("ann@example.com", browser));
            var letter = (await shop.PostAsync()).ShouldHaveSingleItem();
            answers.ShouldAllBe(a => a.RequestId == letter.RequestId && a.Outcome != AskOutcome.Limited);
            letter.Number.ShouldBe(1);
        }
    }

    [Fact]
    public async Task After_the_link_expired_is_a_new_request_and_the_old_link_stays_dead()
    {
        var shop = town.Open();
        var browser = BrowserSecret.Create();
        await shop.AccountAsync("ann@example.com");
        var old = await shop.LetterAsync("ann@example.com", browser);
        shop.Minutes(15);

        var fresh = await shop.LetterAsync("ann@example.com", browser);

        fresh.RequestId.ShouldNotBe(old.RequestId);
        (await shop.StatusAsync(old.Link)).ShouldBe(LinkStatus.Expired);
        (await shop.RedeemAsync(old.Link)).ShouldBe(new RedeemAnswer(LinkStatus.Expired, null));
        (await shop.StatusAsync(fresh.Link)).ShouldBe(LinkStatus.Ready);
    }

    [Fact]
    public async Task After_signing_in_is_a_new_request()
    {
        var shop = town.Open();
        var browser = BrowserSecret.Create();
        await shop.AccountAsync("ann@example.com");
        var used = await shop.LetterAsync("ann@example.com", browser);
        (await shop.RedeemAsync(used.Link, browser)).Session.ShouldNotBeNull();
        (await shop.LetterAsync("ann@example.com", browser)).RequestId.ShouldNotBe(used.RequestId);
    }

    /// <summary>The form carries the request and the page says how many tries are left: neither may tell who has an account.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(14.9)]
    [InlineData(15)]
    [InlineData(15.1)]
    [InlineData(60)]
    [InlineData(300)]
    public async Task Tells_nothing_about_whether_the_address_is_known(double minutes)
    {
        var shop = town.Open();
        var browser = BrowserSecret.Create();
        await shop.AccountAsync("known@example.com");
        await shop.AccountAsync("closed@example.com", "disabled");
        string[] addresses = ["known@example.com", "closed@example.com", "unknown@example.com", "plausible@example"];
        var before = new Dictionary<string, AskAnswer>(StringComparer.Ordinal);
        foreach (string address in addresses)
        {
            before[address] = await shop.AskAsync(address, browser);
            await shop.TypeAsync(before[address].RequestId, "xx", browser);
        }
        // The relay takes its time, as relays do.
        var letters = await shop.WriteLettersAsync();
        shop.Seconds(2);
        foreach (var letter in letters) await shop.HandOverAsync(letter);
        shop.Pass(TimeSpan.FromMinutes(minutes) - TimeSpan.FromSeconds(2));

        var seen = new List<(AskOutcome, bool, DateTimeOffset, int)>();
        foreach (string address in addresses)
        {
            var after = await shop.AskAsync(address, browser);
            var waiting = (await shop.WaitingAsync(browser, after.RequestId)).ShouldNotBeNull();
            seen.Add((after.Outcome, after.RequestId == before[address].RequestId, after.AgainAt, waiting.CodeTries));
        }
        seen.Distinct().ShouldHaveSingleItem();
    }
}

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

public sealed class ARequestIsResolvedTests(Town town) : IClassFixture<Town>
{
    [Fact]
    public async Task To_a_link_when_the_account_is_known()
    {
        var shop = town.Open();
        var ann = await shop.AccountAsync("ann@example.com");
        var asked = await shop.AskAsync("ANN@example.com");

        var resolved = (await shop.ResolveAsync()).ShouldHaveSingleItem();

        resolved.IsMailed.ShouldBeTrue();
        resolved.Id.ShouldBe(asked.RequestId);
        resolved.AccountId.ShouldBe(ann);
        resolved.Email.ShouldBe("ann@example.com");
        resolved.Mails.ShouldBe(1);
        resolved.Locale.ShouldBe("en");
        resolved.Device.ShouldBe("Firefox on Windows");
        resolved.EndsAt.ShouldBe(shop.Now + shop.Policy.RequestLifetime);
        (await shop.StatusAsync(town.Key.LinkToken(resolved.Id, 1))).ShouldBe(LinkStatus.Ready);
        (await shop.ResolveAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("disabled")]
    [InlineData("merged")]
    public async Task To_nothing_when_nobody_or_a_closed_account_has_the_address(string? state)
    {
        var shop = town.Open();
        if (state is not null) await shop.AccountAsync("ann@example.com", state);
        await shop.AskAsync("ann@example.com");

        var resolved = (await shop.ResolveAsync()).ShouldHaveSingleItem();

        resolved.IsMailed.ShouldBeFalse();
        (await shop.CountAsync("sign_in_link")).ShouldBe(0);
        (await shop.StatusAsync(town.Key.LinkToken(resolved.Id, 1))).ShouldBe(LinkStatus.Unknown);
        (await shop.CountAsync("account")).ShouldBe(state is null ? 0 : 1); // asking creates nobody
        (await shop.ResolveAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Only_to_accounts_of_its_own_storefront()
    {
        var shop = town.Open();
        await shop.Sister().AccountAsync("ann@example.com");
        await town.Open().AccountAsync("ann@example.com");
        await shop.AskAsync("ann@example.com");
        (await shop.ResolveAsync()).ShouldHaveSingleItem().AccountId.ShouldBeNull();
    }

    [Fact]
    public async Task And_mailed_to_the_stored_address_never_to_the_typed_one()
    {
        var shop = town.Open();
        var ann = await shop.AccountAsync("ann@xn--mnchen-3ya.example");
        await shop.AskAsync("ANN@MÜNCHEN.example");
        (await shop.PostAsync()).ShouldHaveSingleItem().To.ShouldBe("ann@xn--mnchen-3ya.example");

        // A dead link is replaced: the account is meant, wherever it has moved since.
        await shop.AskAsync("old@example.com", account: ann);
        (await shop.PostAsync()).ShouldHaveSingleItem().To.ShouldBe("ann@xn--mnchen-3ya.example");
    }

    [Fact]
    public async Task Never_by_two_workers_at_once()
    {
        var shop = town.Open();
        await shop.AccountAsync("ann@example.com");
        await Town.AtOnceAsync(8, async worker =>
        {
            for (int i = 0; i < 50; i++) await shop.AskAsync(i % 5 == 0 ? $"nobody{i}@example.com" : "ann@example.com");
            return worker;
        });

        var taken = await Town.AtOnceAsync(6, async _ =>
        {
            var mine = new List<ResolvedRequest>();
            while (await shop.ResolveAsync(16) is { Count: > 0 } some) mine.AddRange(some);
            return mine;
        });
        // A worker may find only rows that another has just taken, and stop early: the rest is there for the next look.
        var all = taken.SelectMany(t => t).Concat(await shop.ResolveAsync()).ToList();

        all.Count.ShouldBe(400);
        all.Select(r => r.Id).Distinct().Count().ShouldBe(400);
        all.ShouldAllBe(r => r.Mails == 1);
        (await shop.CountAsync("sign_in_link")).ShouldBe(320);
    }

    [Fact]
    public async Task To_nothing_when_it_was_used_or_ended_before_the_worker_came()
    {
        var shop = town.Open();
        var (one, two) = (BrowserSecret.Create(), BrowserSecret.Create());
        var ann = await shop.AccountAsync("ann@example.com");
        var used = await shop.LetterAsync("ann@example.com", one);
        await shop.LetterAsync("ann@example.com", two);
        shop.Seconds(30);
        await shop.AskAsync("ann@example.com", one);
        await shop.AskAsync("ann@example.com", two);
        (await shop.RedeemAsync(used.Link)).Session.ShouldNotBeNull();
        (await shop.ResolveAsync()).ShouldBeEmpty();

        await shop.LetterAsync("ann@example.com", one);
        shop.Seconds(30);
        await shop.AskAsync("ann@example.com", one);
        await shop.EndAllAsync(ann);
        (await shop.ResolveAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Again_when_the_worker_died_before_its_commit()
    {
        var shop = town.Open();
        await shop.AccountAsync("ann@example.com");
        await shop.AskAsync("ann@example.com");
        await Should.ThrowAsync<TimeoutException>(() => town.WriteAsync<int>(async t =>
        {
            (await new SignInRequests(town.Key, TimeProvider.System).ResolveAsync(t, 10_000)).Count.ShouldBeGreaterThan(0);
            throw new TimeoutException("The worker died.");
        }));
        (await shop.CountAsync("sign_in_link")).ShouldBe(0);
        (await shop.PostAsync()).ShouldHaveSingleItem().Number.ShouldBe(1);
    }
}

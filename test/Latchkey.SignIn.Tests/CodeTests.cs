using Latchkey.SignIn.Tests.Rig;

namespace Latchkey.SignIn.Tests;

public sealed class ACodeIsTypedTests(Town town) : IClassFixture<Town>
{
    static SignInPolicy NoLimits => SignInPolicy.New with { Limits = SignInLimits.Off };

    async Task<(Shop, Letter, BrowserSecret)> AskedAsync(SignInPolicy? policy = null)
    {
        var shop = town.Open(policy);
        var browser = BrowserSecret.Create();
        await shop.AccountAsync("ann@example.com");
        return (shop, await shop.LetterAsync("ann@example.com", browser), browser);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(8)]
    public async Task And_signs_in(int digits)
    {
        var (shop, letter, browser) = await AskedAsync(NoLimits with { CodeDigits = digits });
        var (counted, session) = await shop.TypeAsync(letter.RequestId, letter.Code, browser);
        counted.TriesLeft.ShouldBe(4);
        (await shop.FindAsync(session.ShouldNotBeNull().Token)).ShouldNotBeNull().Email.ShouldBe("ann@example.com");
        (await shop.TypeAsync(letter.RequestId, letter.Code, browser)).Session.ShouldBeNull();
        (await shop.StatusAsync(letter.Link)).ShouldBe(LinkStatus.AlreadyUsed);
    }

    [Theory]
    [InlineData("{0} {1}")]
    [InlineData(" {0}-{1} ")]
    [InlineData("{0}\u00A0{1}")]
    [InlineData("\t{0}\u2013{1}\r\n")]
    [InlineData("{0}\u2011{1}")]
    public async Task With_spaces_and_dashes_that_do_not_matter(string form)
    {
        var (shop, letter, browser) = await AskedAsync();
        string typed = form.Replace("{0}", letter.Code[..3], StringComparison.Ordinal).Replace("{1}", letter.Code[3..], StringComparison.Ordinal);
        (await shop.TypeAsync(letter.RequestId, typed, browser)).Session.ShouldNotBeNull();
    }

    [Fact]
    public async Task In_anything_but_ASCII_digits_and_is_refused_and_counted()
    {
        var (shop, letter, browser) = await AskedAsync(NoLimits with { CodeTries = 10 });
        string[] odd =
        [
            string.Concat(letter.Code.Select(d => (char)(d - '0' + '\uFF10'))), string.Concat(letter.Code.Select(d => (char)(d - '0' + '\u0660'))),
            $"+{letter.Code}", $"{letter.Code}\0", $"{letter.Code}.0", "1e5", "", new string('1', 1_000_000), $"{letter.Code}{letter.Code}",
        ];
        for (int i = 0; i < odd.Length; i++)
        {
            var (counted, session) = await shop.TypeAsync(letter.RequestId, odd[i], browser);
            session.ShouldBeNull();
            counted.TriesLeft.ShouldBe(9 - i);
        }
        (await shop.TypeAsync(letter.RequestId, letter.Code, browser)).Session.ShouldNotBeNull();
    }

    [Fact]
    public async Task Wrongly_until_the_tries_are_used_up()
    {
        var (shop, letter, browser) = await AskedAsync();
        for (int left = 4; left >= 0; left--)
            (await shop.TypeAsync(letter.RequestId, shop.WrongCodeOf(letter.RequestId), browser)).ShouldBe((new CodeTry(letter.RequestId, left, null, true), null));

        (await shop.TypeAsync(letter.RequestId, letter.Code, browser)).ShouldBe((new CodeTry(letter.RequestId, 0, null, false), null));
        (await shop.WaitingAsync(browser)).ShouldNotBeNull().CodeTries.ShouldBe(5);
        (await shop.RedeemAsync(letter.Link)).Session.ShouldNotBeNull(); // the link still works
    }

    [Fact]
    public async Task Rightly_at_the_last_try()
    {
        var (shop, letter, browser) = await AskedAsync(SignInPolicy.Subscription with { Limits = SignInLimits.Off });
        for (int i = 0; i < 2; i++) await shop.TypeAsync(letter.RequestId, shop.WrongCodeOf(letter.RequestId), browser);
        (await shop.TypeAsync(letter.RequestId, letter.Code, browser)).Session.ShouldNotBeNull();
    }

    [Fact]
    public async Task By_200_guessers_at_once_and_only_so_many_are_compared_as_there_are_tries()
    {
        var (shop, letter, browser) = await AskedAsync();
        var tries = await Town.AtOnceAsync(200, _ => shop.TypeAsync(letter.RequestId, shop.WrongCodeOf(letter.RequestId), browser));
        tries.Count(t => t.Try.MayMatch).ShouldBe(5);
        tries.ShouldAllBe(t => t.Session == null);
        (await shop.CountAsync("sign_in_request", "code_tries = 5")).ShouldBe(1);
    }

    [Fact]
    public async Task By_200_guessers_at_once_of_whom_some_are_right_and_one_at_most_gets_in()
    {
        var (shop, letter, browser) = await AskedAsync();
        var tries = await Town.AtOnceAsync(200, i => shop.TypeAsync(letter.RequestId, i % 2 == 0 ? letter.Code : shop.WrongCodeOf(letter.RequestId), browser));
        tries.Count(t => t.Try.MayMatch).ShouldBe(5);
        tries.Count(t => t.Session is not null).ShouldBeLessThanOrEqualTo(1);
        (await shop.CountAsync("session")).ShouldBe(tries.Count(t => t.Session is not null));
    }

    [Fact]
    public async Task And_the_count_survives_a_resend()
    {
        var (shop, letter, browser) = await AskedAsync();
        for (int i = 0; i < 4; i++) await shop.TypeAsync(letter.RequestId, shop.WrongCodeOf(letter.RequestId), browser);
        shop.Seconds(30);
        (await shop.LetterAsync("ann@example.com", browser)).RequestId.ShouldBe(letter.RequestId);
        (await shop.TypeAsync(letter.RequestId, shop.WrongCodeOf(letter.RequestId), browser)).Try.TriesLeft.ShouldBe(0);
        (await shop.TypeAsync(letter.RequestId, letter.Code, browser)).Session.ShouldBeNull();
    }

    [Fact]
    public async Task In_another_browser_and_does_nothing_and_costs_nothing()
    {
        var (shop, letter, browser) = await AskedAsync();
        for (int i = 0; i < 10; i++)
            (await shop.TypeAsync(letter.RequestId, letter.Code, BrowserSecret.Create())).ShouldBe((new CodeTry(letter.RequestId, 0, null, false), null));
        (await shop.CountAsync("sign_in_request", "code_tries = 0")).ShouldBe(1);
        (await shop.TypeAsync(letter.RequestId, letter.Code, browser)).Session.ShouldNotBeNull();
    }

    [Fact]
    public async Task Of_somebody_elses_request_and_counts_against_the_guesser()
    {
        var (shop, letter, browser) = await AskedAsync(NoLimits with { CodeDigits = 8 });
        await shop.AccountAsync("bob@example.com");
        var bobs = await shop.LetterAsync("bob@example.com", BrowserSecret.Create());
        var (counted, session) = await shop.TypeAsync(letter.RequestId, bobs.Code, browser);
        session.ShouldBeNull();
        counted.TriesLeft.ShouldBe(4);
        // On another storefront the request does not exist.
        (await shop.Sister().TypeAsync(letter.RequestId, letter.Code, browser)).ShouldBe((new CodeTry(letter.RequestId, 0, null, false), null));
    }

    [Theory]
    [InlineData("new", 10)]
    [InlineData("subscription", 10)]
    public async Task Within_its_life_whatever_the_links_is(string preset, int minutes)
    {
        foreach (int seconds in new[] { -1, 0, 1 })
        {
            var (shop, letter, browser) = await AskedAsync(SignInPolicy.Presets[preset] with { Limits = SignInLimits.Off });
            shop.Pass(TimeSpan.FromMinutes(minutes) + TimeSpan.FromSeconds(seconds));
            var (counted, session) = await shop.TypeAsync(letter.RequestId, letter.Code, browser);
            (session is not null).ShouldBe(seconds < 0);
            counted.MayMatch.ShouldBe(seconds < 0);
        }
    }

    [Fact]
    public async Task Before_any_mail_was_written_and_does_nothing()
    {
        var shop = town.Open();
        var browser = BrowserSecret.Create();
        await shop.AccountAsync("ann@example.com");
        var asked = await shop.AskAsync("ann@example.com", browser);
        (await shop.TypeAsync(asked.RequestId, shop.CodeOf(asked.RequestId), browser)).Session.ShouldBeNull();
    }

    [Fact]
    public async Task Before_the_mails_hand_over_is_on_record_and_signs_in()
    {
        var shop = town.Open();
        var browser = BrowserSecret.Create();
        await shop.AccountAsync("ann@example.com");
        var asked = await shop.AskAsync("ann@example.com", browser);
        var letter = (await shop.WriteLettersAsync()).ShouldHaveSingleItem();
        (await shop.TypeAsync(asked.RequestId, letter.Code, browser)).Session.ShouldNotBeNull();
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(9.9, true)]
    [InlineData(10, false)]
    public async Task From_a_second_mail_whose_hand_over_is_not_on_record_for_no_longer_than_a_code_lives(double minutes, bool signsIn)
    {
        var (shop, first, browser) = await AskedAsync(NoLimits with { LinkLifetime = TimeSpan.FromMinutes(60) });
        shop.Minutes(45);
        await shop.AskAsync("ann@example.com", browser);
        (await shop.TypeAsync(first.RequestId, first.Code, browser)).Session.ShouldBeNull(); // the first mail's is over
        (await shop.WriteLettersAsync()).ShouldHaveSingleItem().Code.ShouldBe(first.Code);
        shop.Minutes(minutes);
        ((await shop.TypeAsync(first.RequestId, first.Code, browser)).Session is not null).ShouldBe(signsIn);
    }

    [Fact]
    public async Task From_a_mail_that_never_left_and_not_after_the_requests_own_end()
    {
        var shop = town.Open();
        var browser = BrowserSecret.Create();
        await shop.AccountAsync("ann@example.com");
        await shop.AskAsync("ann@example.com", browser);
        var letter = (await shop.WriteLettersAsync()).ShouldHaveSingleItem();
        shop.Pass(shop.Policy.RequestLifetime);
        (await shop.TypeAsync(letter.RequestId, letter.Code, browser)).Session.ShouldBeNull();
    }

    [Fact]
    public async Task Wrong_late_used_or_for_an_unknown_address_and_is_answered_alike()
    {
        var shop = town.Open();
        await shop.AccountAsync("ann@example.com");
        await shop.AccountAsync("bob@example.com");
        await shop.AccountAsync("closed@example.com", "disabled");
        var answers = new List<(int, DateTimeOffset?, StartedSession?)>();

        async Task TypeAsync(Guid request, string code, BrowserSecret browser)
        {
            var (counted, session) = await shop.TypeAsync(request, code, browser);
            answers.Add((counted.TriesLeft, counted.LimitedUntil, session));
        }

        var browser = BrowserSecret.Create();
        var wrong = await shop.LetterAsync("bob@example.com", browser);
        await TypeAsync(wrong.RequestId, shop.WrongCodeOf(wrong.RequestId), browser);

        foreach (string address in new[] { "closed@example.com", "nobody@example.com" })
        {
            var asked = await shop.AskAsync(address, browser);
            await shop.PostAsync();
            await TypeAsync(asked.RequestId, shop.CodeOf(asked.RequestId), browser);
        }

        var used = await shop.LetterAsync("ann@example.com", browser);
        await shop.RedeemAsync(used.Link);
        await TypeAsync(used.RequestId, used.Code, browser);

        var late = await shop.LetterAsync("ann@example.com", browser);
        shop.Minutes(11);
        await TypeAsync(late.RequestId, late.Code, browser);

        answers.Distinct().ShouldHaveSingleItem().ShouldBe((4, null, null));
        (await shop.TypeAsync(Guid.NewGuid(), "123456", browser)).Session.ShouldBeNull();
    }

    [Fact]
    public async Task Where_the_policy_has_none_and_does_nothing()
    {
        var (shop, letter, browser) = await AskedAsync();
        shop.Policy = shop.Policy with { CodeDigits = 0 };
        (await shop.TypeAsync(letter.RequestId, letter.Code, browser)).Session.ShouldBeNull();
        (await shop.TypeAsync(letter.RequestId, "", browser)).Session.ShouldBeNull();
    }
}

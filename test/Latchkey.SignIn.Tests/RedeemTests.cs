using Latchkey.SignIn.Tests.Rig;

namespace Latchkey.SignIn.Tests;

public sealed class ALinkIsRedeemedTests(Town town) : IClassFixture<Town>
{
    [Fact]
    public async Task Once_by_200_browsers_at_the_same_moment()
    {
        var shop = town.Open();
        await shop.AccountAsync("ann@example.com");
        var letter = await shop.LetterAsync("ann@example.com");

        var answers = await Town.AtOnceAsync(200, _ => shop.RedeemAsync(letter.Link));

        var winner = answers.Where(a => a.Status == LinkStatus.Ready).ShouldHaveSingleItem().Session.ShouldNotBeNull();
        answers.Where(a => a.Session is null).ShouldAllBe(a => a.Status == LinkStatus.AlreadyUsed);
        (await shop.CountAsync("session")).ShouldBe(1);
        (await shop.IsSignedInAsync(winner)).ShouldBeTrue();
    }

    [Fact]
    public async Task Once_for_all_mails_of_the_request()
    {
        var shop = town.Open();
        var browser = BrowserSecret.Create();
        await shop.AccountAsync("ann@example.com");
        var letters = new List<Letter>();
        for (int i = 0; i < 4; i++, shop.Seconds(30)) letters.Add(await shop.LetterAsync("ann@example.com", browser));

        var answers = await Town.AtOnceAsync(40, i => shop.RedeemAsync(letters[i % 4].Link));

        answers.Count(a => a.Session is not null).ShouldBe(1);
        (await shop.CountAsync("session")).ShouldBe(1);
    }

    [Fact]
    public async Task For_a_new_session_each_time()
    {
        var shop = town.Open();
        var browser = BrowserSecret.Create();
        await shop.AccountAsync("ann@example.com");
        var sessions = new List<StartedSession>();
        for (int i = 0; i < 3; i++) sessions.Add(await shop.SignInAsync("ann@example.com", browser));
        sessions.Select(s => s.Id).Distinct().Count().ShouldBe(3);
        sessions.Select(s => s.Token).Distinct(StringComparer.Ordinal).Count().ShouldBe(3);
        sessions[0].HardEndAt.ShouldBe(shop.Now + shop.Policy.SessionHardLifetime);
    }

    [Fact]
    public async Task Only_on_its_own_storefront_and_not_consumed_elsewhere()
    {
        var shop = town.Open();
        await shop.AccountAsync("ann@example.com");
        var letter = await shop.LetterAsync("ann@example.com");
        foreach (var other in new[] { shop.Sister(), town.Open() })
        {
            await other.AccountAsync("ann@example.com");
            (await other.RedeemAsync(letter.Link)).ShouldBe(new RedeemAnswer(LinkStatus.Unknown, null));
            (await other.LookAsync(letter.Link)).ShouldBeNull();
            await other.OpenAsync(letter.Link);
        }
        (await shop.CountAsync("sign_in_request", "opens > 0")).ShouldBe(0);
        (await shop.RedeemAsync(letter.Link)).Session.ShouldNotBeNull();
    }

    [Fact]
    public async Task After_any_number_of_looks()
    {
        var shop = town.Open();
        await shop.AccountAsync("ann@example.com");
        var letter = await shop.LetterAsync("ann@example.com");
        var seen = await Town.AtOnceAsync(30, async _ =>
        {
            await shop.OpenAsync(letter.Link);
            return await shop.StatusAsync(letter.Link);
        });
        seen.ShouldAllBe(s => s == LinkStatus.Ready);
        (await shop.CountAsync("sign_in_request", "opens = 30 and redeemed_at is null")).ShouldBe(1);
        (await shop.RedeemAsync(letter.Link)).Session.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("disabled")]
    [InlineData("merged")]
    public async Task Not_when_the_account_was_closed_in_between(string state)
    {
        var shop = town.Open();
        var browser = BrowserSecret.Create();
        var ann = await shop.AccountAsync("ann@example.com");
        var letter = await shop.LetterAsync("ann@example.com", browser);
        await shop.StateAsync(ann, state);

        (await shop.RedeemAsync(letter.Link)).ShouldBe(new RedeemAnswer(LinkStatus.AccountClosed, null));
        (await shop.TypeAsync(letter.RequestId, letter.Code, browser)).Session.ShouldBeNull();
        (await shop.CountAsync("session")).ShouldBe(0);
        (await shop.CountAsync("account", $"state = '{state}'")).ShouldBe(1);
    }

    [Fact]
    public async Task Not_for_another_account_that_has_the_address_now()
    {
        var shop = town.Open();
        var old = await shop.AccountAsync("ann@example.com");
        var letter = await shop.LetterAsync("ann@example.com");
        await town.ExecuteAsync("delete from account where organization_id = @OrganizationId and id = @old", new { shop.Key.OrganizationId, old });
        await shop.AccountAsync("ann@example.com");

        (await shop.RedeemAsync(letter.Link)).ShouldBe(new RedeemAnswer(LinkStatus.AccountClosed, null));
        (await shop.CountAsync("session")).ShouldBe(0);
    }

    [Fact]
    public async Task And_proves_the_mailbox()
    {
        var shop = town.Open();
        await shop.AccountAsync("ann@example.com", "unproven");
        var session = await shop.SignInAsync("ann@example.com");
        (await shop.IsSignedInAsync(session)).ShouldBeTrue();
        (await shop.CountAsync("account", "state = 'proven' and proven_at is not null and last_signed_in_at is not null")).ShouldBe(1);
    }

    [Fact]
    public async Task And_every_other_open_request_of_the_account_ends()
    {
        var shop = town.Open();
        var other = BrowserSecret.Create();
        await shop.AccountAsync("ann@example.com");
        await shop.AccountAsync("bob@example.com");
        var bobs = await shop.LetterAsync("bob@example.com");
        var first = await shop.LetterAsync("ann@example.com", other);
        var used = await shop.LetterAsync("ann@example.com");
        var last = await shop.LetterAsync("ann@example.com");

        (await shop.RedeemAsync(used.Link)).Session.ShouldNotBeNull();

        (await shop.RedeemAsync(first.Link)).ShouldBe(new RedeemAnswer(LinkStatus.Revoked, null));
        (await shop.RedeemAsync(last.Link)).ShouldBe(new RedeemAnswer(LinkStatus.Revoked, null));
        (await shop.TypeAsync(first.RequestId, first.Code, other)).Session.ShouldBeNull();
        (await shop.StatusAsync(bobs.Link)).ShouldBe(LinkStatus.Ready);
    }

    [Fact]
    public async Task Once_when_several_requests_of_one_account_are_redeemed_at_the_same_moment()
    {
        var shop = town.Open();
        await shop.AccountAsync("ann@example.com");
        for (int round = 1; round <= 5; round++)
        {
            var letters = new List<Letter>();
            for (int i = 0; i < 6; i++) letters.Add(await shop.LetterAsync("ann@example.com"));
            var answers = await Town.AtOnceAsync(6, i => shop.RedeemAsync(letters[i].Link));
            answers.Count(a => a.Session is not null).ShouldBe(1);
            answers.Where(a => a.Session is null).ShouldAllBe(a => a.Status == LinkStatus.Revoked);
            (await shop.CountAsync("session")).ShouldBe(round);
        }
    }

    [Fact]
    public async Task Or_its_code_is_typed_but_never_both()
    {
        var shop = town.Open();
        await shop.AccountAsync("ann@example.com");
        for (int round = 0; round < 10; round++)
        {
            var browser = BrowserSecret.Create();
            var letter = await shop.LetterAsync("ann@example.com", browser);
            var sessions = await Town.AtOnceAsync(6, async i => i % 2 == 0
                ? (await shop.RedeemAsync(letter.Link)).Session
                : (await shop.TypeAsync(letter.RequestId, letter.Code, browser)).Session);
            sessions.Count(s => s is not null).ShouldBe(1);
            (await shop.CountAsync("session")).ShouldBe(round + 1);
        }
    }

    [Fact]
    public async Task Not_at_all_when_the_caller_undid_its_transaction()
    {
        var shop = town.Open();
        await shop.AccountAsync("ann@example.com");
        var letter = await shop.LetterAsync("ann@example.com");
        var links = new SignInLinks(town.Key, shop.Clock);
        await Should.ThrowAsync<TimeoutException>(() => town.WriteAsync<int>(async t =>
        {
            (await links.RedeemAsync(t, shop.Key, shop.Policy, letter.Link, new Visitor(BrowserSecret.Create(), null, null))).Session.ShouldNotBeNull();
            throw new TimeoutException("The node died.");
        }));
        (await shop.CountAsync("session")).ShouldBe(0);
        (await shop.RedeemAsync(letter.Link)).Session.ShouldNotBeNull();
    }

    [Fact]
    public async Task By_whoever_holds_it_and_it_knows_the_browser_that_asked()
    {
        var shop = town.Open();
        var browser = BrowserSecret.Create();
        await shop.AccountAsync("ann@example.com");
        var seen = (await shop.LookAsync((await shop.LetterAsync("ann@example.com", browser)).Link)).ShouldNotBeNull();
        seen.WasAskedBy(browser).ShouldBeTrue();
        seen.WasAskedBy(BrowserSecret.Create()).ShouldBeFalse();
        seen.WasAskedBy(null).ShouldBeFalse();
        seen.Address!.Masked.ShouldBe("a•••@e•••.com");
    }
}

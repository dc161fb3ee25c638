using Latchkey.SignIn.Tests.Rig;

namespace Latchkey.SignIn.Tests;

public sealed class ASessionTests(Town town) : IClassFixture<Town>
{
    static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    async Task<(Shop Shop, Guid Account, StartedSession Session)> SignedInAsync(string preset)
    {
        var shop = town.Open(SignInPolicy.Presets[preset] with { Limits = SignInLimits.Off });
        var ann = await shop.AccountAsync("ann@example.com");
        return (shop, ann, await shop.SignInAsync("ann@example.com"));
    }

    [Fact]
    public async Task Is_found_by_its_cookie()
    {
        var (shop, ann, session) = await SignedInAsync("new");
        var live = (await shop.FindAsync(session.Token)).ShouldNotBeNull();
        live.Id.ShouldBe(session.Id);
        live.AccountId.ShouldBe(ann);
        live.Email.ShouldBe("ann@example.com");
        live.StartedAt.ShouldBe(shop.Now);
        session.Lifetime.ShouldBe(TimeSpan.FromDays(30));
    }

    [Theory]
    [InlineData("storage")]
    [InlineData("password")]
    public async Task With_an_absolute_end_ends_there_however_it_is_used(string preset)
    {
        var (shop, _, session) = await SignedInAsync(preset);
        for (int hour = 0; hour < 23; hour++)
        {
            shop.Minutes(60);
            (await shop.VisitAsync(session)).ShouldBeTrue();
        }
        shop.Pass(TimeSpan.FromHours(1) - Second);
        (await shop.VisitAsync(session)).ShouldBeTrue();
        shop.Pass(Second);
        (await shop.VisitAsync(session)).ShouldBeFalse();
        (await shop.CountAsync("session", "renewed_at <> started_at")).ShouldBe(0);
    }

    [Fact]
    public async Task That_slides_ends_when_it_is_not_used()
    {
        var (shop, _, session) = await SignedInAsync("membership");
        shop.Pass(TimeSpan.FromDays(30) - Second);
        (await shop.IsSignedInAsync(session)).ShouldBeTrue();
        shop.Pass(Second);
        (await shop.IsSignedInAsync(session)).ShouldBeFalse();
    }

    [Fact]
    public async Task That_slides_is_renewed_by_use_and_never_past_its_hard_end()
    {
        var (shop, _, session) = await SignedInAsync("membership");
        for (int day = 0; day < 175; day += 25)
        {
            (await shop.VisitAsync(session)).ShouldBeTrue();
            shop.Pass(TimeSpan.FromDays(25));
        }
        (await shop.VisitAsync(session)).ShouldBeTrue();
        shop.Pass(TimeSpan.FromDays(5) - Second);
        (await shop.VisitAsync(session)).ShouldBeTrue();
        shop.Pass(Second);
        (await shop.VisitAsync(session)).ShouldBeFalse();
        (await shop.RenewAsync(session.Id)).ShouldBeFalse();
    }

    [Fact]
    public async Task Is_renewed_at_most_once_a_day()
    {
        var (shop, _, session) = await SignedInAsync("membership");
        (await shop.RenewAsync(session.Id)).ShouldBeFalse();
        shop.Pass(TimeSpan.FromDays(1) - Second);
        (await shop.RenewAsync(session.Id)).ShouldBeFalse();
        shop.Pass(Second);
        (await Town.AtOnceAsync(20, _ => shop.RenewAsync(session.Id))).Count(renewed => renewed).ShouldBe(1);
        (await shop.RenewAsync(session.Id)).ShouldBeFalse();
    }

    [Fact]
    public async Task That_ended_is_not_renewed_to_life()
    {
        var (shop, _, session) = await SignedInAsync("membership");
        shop.Pass(TimeSpan.FromDays(30));
        (await shop.RenewAsync(session.Id)).ShouldBeFalse();
        (await shop.IsSignedInAsync(session)).ShouldBeFalse();

        var (other, _, ended) = await SignedInAsync("membership");
        await other.EndAsync(ended.Id);
        other.Pass(TimeSpan.FromDays(2));
        (await other.RenewAsync(ended.Id)).ShouldBeFalse();
        (await other.IsSignedInAsync(ended)).ShouldBeFalse();
    }

    [Fact]
    public async Task Ends_at_once_by_signing_out_and_the_others_stay()
    {
        var (shop, _, session) = await SignedInAsync("new");
        var phone = await shop.SignInAsync("ann@example.com");
        (await shop.EndAsync(session.Id)).ShouldBe(1);
        (await shop.IsSignedInAsync(session)).ShouldBeFalse();
        (await shop.IsSignedInAsync(phone)).ShouldBeTrue();
        (await shop.EndAsync(session.Id)).ShouldBe(0);
    }

    [Fact]
    public async Task Ends_with_all_others_and_with_every_link_and_code_on_its_way()
    {
        var (shop, ann, session) = await SignedInAsync("new");
        await shop.AccountAsync("bob@example.com");
        var bob = await shop.SignInAsync("bob@example.com");
        var phone = await shop.SignInAsync("ann@example.com");
        var browser = BrowserSecret.Create();
        var letter = await shop.LetterAsync("ann@example.com", browser);

        (await shop.EndAllAsync(ann)).ShouldBe(3);

        (await shop.IsSignedInAsync(session)).ShouldBeFalse();
        (await shop.IsSignedInAsync(phone)).ShouldBeFalse();
        (await shop.IsSignedInAsync(bob)).ShouldBeTrue();
        (await shop.StatusAsync(letter.Link)).ShouldBe(LinkStatus.Revoked);
        (await shop.RedeemAsync(letter.Link)).Session.ShouldBeNull();
        (await shop.TypeAsync(letter.RequestId, letter.Code, browser)).Session.ShouldBeNull();
        (await shop.SignInAsync("ann@example.com")).ShouldNotBeNull(); // and the customer may sign in again
    }

    /// <summary>The redeem has happened but is not committed when all is ended: its session must not slip through.</summary>
    [Fact]
    public async Task That_begins_while_all_are_ended_ends_too()
    {
        var shop = town.Open();
        var ann = await shop.AccountAsync("ann@example.com");
        var letter = await shop.LetterAsync("ann@example.com");
        var links = new SignInLinks(town.Key, shop.Clock);
        Task<int> ending = null!;

        var answer = await town.WriteAsync(async t =>
        {
            var redeemed = await links.RedeemAsync(t, shop.Key, shop.Policy, letter.Link, new Visitor(BrowserSecret.Create(), null, null));
            ending = shop.EndAllAsync(ann);
            // On SQLite it waits for the writer; on PostgreSQL for the row, and it has taken its first look by then.
            while (town.IsPostgres && await town.ValueAsync<long>(
                "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'") == 0) await Task.Delay(1);
            return redeemed;
        });
        await ending;

        (await shop.IsSignedInAsync(answer.Session.ShouldNotBeNull())).ShouldBeFalse();
    }

    [Theory]
    [InlineData("disabled")]
    [InlineData("merged")]
    public async Task Is_nothing_once_the_account_is_closed(string state)
    {
        var (shop, ann, session) = await SignedInAsync("new");
        await shop.StateAsync(ann, state);
        (await shop.IsSignedInAsync(session)).ShouldBeFalse();
    }

    [Fact]
    public async Task Is_nothing_on_another_storefront()
    {
        var (shop, _, session) = await SignedInAsync("new");
        await shop.Sister().AccountAsync("ann@example.com");
        (await shop.Sister().FindAsync(session.Token)).ShouldBeNull();
        (await town.Open().FindAsync(session.Token)).ShouldBeNull();
        (await shop.IsSignedInAsync(session)).ShouldBeTrue();
    }

    [Fact]
    public async Task Is_not_what_any_other_secret_opens()
    {
        var shop = town.Open();
        var browser = BrowserSecret.Create();
        await shop.AccountAsync("ann@example.com");
        var letter = await shop.LetterAsync("ann@example.com", browser);
        var session = (await shop.RedeemAsync(letter.Link, browser)).Session!;
        string[] cookies =
        [
            "", " ", letter.Link.Value, letter.Code, browser.Value, session.Id.ToString(), session.Token.ToUpperInvariant(), session.Token[..^1], $"{session.Token}a",
            $"{session.Token} ", $"{session.Token}=", $"{session.Token}\0", "null", "' or 1=1 --", "\uD800", new string('a', 1_000_000), town.Key.SessionToken(session.Id, BrowserSecret.Create()),
        ];
        foreach (string cookie in cookies) (await shop.FindAsync(cookie)).ShouldBeNull();
    }
}

public sealed class ASessionWithoutAMailTests(Town town) : IClassFixture<Town>
{
    readonly Shop shop = town.Open();

    [Fact]
    public async Task Begins_for_a_proven_account_and_ends_what_was_on_its_way_to_it()
    {
        var ann = await shop.AccountAsync("ann@example.com");
        var letter = await shop.LetterAsync("ann@example.com");

        var session = (await shop.StartAsync(ann)).ShouldNotBeNull();

        var live = (await shop.FindAsync(session.Token)).ShouldNotBeNull();
        (live.AccountId, live.Means, live.IsByStaff).ShouldBe((ann, "passkey", false));
        (await shop.StatusAsync(letter.Link)).ShouldBe(LinkStatus.Revoked);
        live.IsFresh(shop.Now).ShouldBeTrue();
        shop.Minutes(15);
        live.IsFresh(shop.Now).ShouldBeFalse();
    }

    [Theory]
    [InlineData("unproven")]
    [InlineData("disabled")]
    [InlineData("merged")]
    public async Task Does_not_begin_for_any_other_account(string state)
    {
        var account = await shop.AccountAsync($"{state}@example.com", state);
        (await shop.StartAsync(account)).ShouldBeNull();
        (await shop.Sister().StartAsync(account)).ShouldBeNull();
        (await shop.CountAsync("session", $"account_id in (select id from account where state = '{state}')")).ShouldBe(0);
    }
}

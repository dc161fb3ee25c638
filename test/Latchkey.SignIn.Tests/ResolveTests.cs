using Latchkey.SignIn.Tests.Rig;

namespace Latchkey.SignIn.Tests;

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

using Latchkey.SignIn.Tests.Rig;

namespace Latchkey.SignIn.Tests;

public sealed class AskingTooOftenTests(Town town) : IClassFixture<Town>
{
    static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    static SignInPolicy Only(SignInLimits limits) => SignInPolicy.New with { Limits = limits };

    Shop Open(SignInLimits limits) => town.Open(Only(limits));

    /// <summary>Mailboxes are counted over the installation: no test may meet another's.</summary>
    static string Somebody() => $"{Guid.NewGuid():n}@example.com";

    static async Task<int> AcceptedAsync(Shop shop, int times, Func<string> address, BrowserSecret? browser = null, string? ip = null)
    {
        int accepted = 0;
        for (int i = 0; i < times; i++)
            if ((await shop.AskAsync(address(), browser, ip)).Outcome == AskOutcome.Accepted) accepted++;
        return accepted;
    }

    [Fact]
    public async Task Is_refused_after_the_burst_with_the_time_when_it_works_again()
    {
        var shop = Open(SignInLimits.Off with { Address = new(5, 3 * Minute) });
        (await AcceptedAsync(shop, 5, () => "ann@example.com")).ShouldBe(5);

        var refused = await shop.AskAsync("ann@example.com");

        refused.ShouldBe(new AskAnswer(AskOutcome.Limited, Guid.Empty, shop.Now + 3 * Minute));
        shop.Pass(3 * Minute - TimeSpan.FromMilliseconds(1));
        (await shop.AskAsync("ann@example.com")).Outcome.ShouldBe(AskOutcome.Limited);
        shop.Pass(TimeSpan.FromMilliseconds(1));
        (await AcceptedAsync(shop, 2, () => "ann@example.com")).ShouldBe(1);
        shop.Pass(15 * Minute);
        (await AcceptedAsync(shop, 9, () => "ann@example.com")).ShouldBe(5);
        shop.Pass(TimeSpan.FromDays(30));
        (await AcceptedAsync(shop, 9, () => "ann@example.com")).ShouldBe(5); // time off saves nothing up
    }

    [Fact]
    public async Task Is_not_refused_for_longer_by_trying_on()
    {
        var shop = town.Open(SignInPolicy.New); // every limit in force
        var browser = BrowserSecret.Create();
        string ann = Somebody();
        for (int i = 0; i < 5; i++)
        {
            (await shop.AskAsync(ann, browser, "192.0.2.1")).Outcome.ShouldBe(AskOutcome.Accepted);
            shop.Seconds(30);
        }
        var again = (await shop.AskAsync(ann, browser, "192.0.2.1")).AgainAt;

        // Not by the same bucket, and not by using up the day's.
        for (int i = 0; i < 60; i++)
            (await shop.AskAsync(ann, browser, "192.0.2.1")).ShouldBe(new AskAnswer(AskOutcome.Limited, Guid.Empty, again));
        shop.Pass(again - shop.Now);
        (await shop.AskAsync(ann, browser, "192.0.2.1")).Outcome.ShouldBe(AskOutcome.Accepted);
    }

    [Fact]
    public async Task Takes_nothing_away_from_anybody_else()
    {
        var shop = Open(new SignInLimits { Ip = new(3, Minute), Storefront = new(10, Minute) });
        // One machine asks on and on: its own limit refuses, and the storefront's is not used up by what was refused.
        (await AcceptedAsync(shop, 40, Somebody, ip: "192.0.2.1")).ShouldBe(3);
        (await AcceptedAsync(shop, 3, Somebody, ip: "192.0.2.2")).ShouldBe(3);
        (await shop.AskAsync(Somebody())).Outcome.ShouldBe(AskOutcome.Accepted);
    }

    [Fact]
    public async Task Is_counted_for_a_known_and_an_unknown_address_alike()
    {
        var shop = town.Open(SignInPolicy.New);
        string[] addresses = [Somebody(), Somebody(), Somebody()];
        await shop.AccountAsync(addresses[0]);
        await shop.AccountAsync(addresses[1], "disabled");
        var answers = new List<List<(AskOutcome, DateTimeOffset)>>();
        foreach (string address in addresses)
        {
            var seen = new List<(AskOutcome, DateTimeOffset)>();
            for (int i = 0; i < 8; i++)
            {
                var answer = await shop.AskAsync(address);
                seen.Add((answer.Outcome, answer.AgainAt));
                await shop.PostAsync();
            }
            answers.Add(seen);
        }
        answers[1].ShouldBe(answers[0]);
        answers[2].ShouldBe(answers[0]);
        answers[0].Count(a => a.Item1 == AskOutcome.Limited).ShouldBe(3);
    }

    [Fact]
    public async Task On_one_storefront_changes_nothing_on_another()
    {
        var shop = Open(SignInLimits.Off with { Address = new(2, Minute) });
        (await AcceptedAsync(shop, 5, () => "ann@example.com")).ShouldBe(2);
        (await AcceptedAsync(shop.Sister(), 5, () => "ann@example.com")).ShouldBe(2);
        (await AcceptedAsync(Open(shop.Policy.Limits), 5, () => "ann@example.com")).ShouldBe(2);
        (await shop.AskAsync("bob@example.com")).Outcome.ShouldBe(AskOutcome.Accepted);
    }

    [Fact]
    public async Task With_variants_of_a_mailbox_is_counted_over_the_whole_installation()
    {
        var limits = SignInLimits.Off with { Mailbox = new(6, Minute) };
        string name = $"{Guid.NewGuid():n}";
        string Variant(int i) => $"{name[..(i % 30 + 1)]}.{name[(i % 30 + 1)..]}+{i}@example.com";
        int accepted = 0;
        for (int i = 0; i < 50; i++)
            if ((await Open(limits).AskAsync(Variant(i))).Outcome == AskOutcome.Accepted) accepted++;
        accepted.ShouldBe(6);
        (await Open(limits).AskAsync($"x{name}@example.com")).Outcome.ShouldBe(AskOutcome.Accepted);
        (await Open(limits).AskAsync($"{name}@example.org")).Outcome.ShouldBe(AskOutcome.Accepted);
    }

    [Fact]
    public async Task From_one_network_is_counted_for_whatever_addresses()
    {
        var shop = Open(SignInLimits.Off with { Ip = new(4, TimeSpan.FromSeconds(6)) });
        (await AcceptedAsync(shop, 10, Somebody, ip: "2001:db8:0:1::/64")).ShouldBe(4);
        (await AcceptedAsync(shop, 10, Somebody, ip: "2001:db8:0:2::/64")).ShouldBe(4);
        shop.Seconds(12);
        (await AcceptedAsync(shop, 10, Somebody, ip: "2001:db8:0:1::/64")).ShouldBe(2);
    }

    [Fact]
    public async Task In_one_browser_is_counted_for_whatever_addresses()
    {
        var shop = Open(SignInLimits.Off with { Browser = new(3, Minute) });
        (await AcceptedAsync(shop, 8, Somebody, BrowserSecret.Create())).ShouldBe(3);
        (await AcceptedAsync(shop, 8, Somebody, BrowserSecret.Create())).ShouldBe(3);
        (await AcceptedAsync(shop, 8, Somebody)).ShouldBe(8); // new browsers each time
    }

    [Fact]
    public async Task Over_a_day_is_refused_although_each_burst_was_small()
    {
        var shop = town.Open(SignInPolicy.New);
        string ann = Somebody();
        int accepted = 0;
        for (int minutes = 0; minutes < 24 * 60; minutes += 3, shop.Minutes(3))
            if ((await shop.AskAsync(ann)).Outcome == AskOutcome.Accepted) accepted++;
        accepted.ShouldBeInRange(38, 41); // 20 at once, and 20 earned in the day
    }

    [Fact]
    public async Task At_the_same_moment_grants_exactly_the_burst()
    {
        var shop = Open(SignInLimits.Off with { Address = new(7, Minute), AddressDay = new(100, Minute), Storefront = new(200, Minute) });
        for (int round = 0; round < 3; round++)
        {
            string ann = Somebody();
            var answers = await Town.AtOnceAsync(40, _ => shop.AskAsync(ann));
            answers.Count(a => a.Outcome == AskOutcome.Accepted).ShouldBe(7);
            answers.Where(a => a.Outcome == AskOutcome.Limited).ShouldAllBe(a => a.AgainAt == shop.Now + Minute);
            shop.Pass(2 * Minute);
            (await Town.AtOnceAsync(40, _ => shop.AskAsync(ann))).Count(a => a.Outcome == AskOutcome.Accepted).ShouldBe(2);
        }
    }

    [Fact]
    public async Task At_the_edge_of_several_limits_grants_what_the_narrowest_does()
    {
        var shop = Open(SignInLimits.Off with { Ip = new(30, Minute), Storefront = new(12, Minute) });
        var answers = await Town.AtOnceAsync(60, i => shop.AskAsync(Somebody(), ip: i % 2 == 0 ? "192.0.2.1" : "192.0.2.2"));
        answers.Count(a => a.Outcome == AskOutcome.Accepted).ShouldBe(12);
    }

    [Fact]
    public async Task Leaves_the_link_that_is_already_in_the_mailbox_alone()
    {
        var shop = Open(new SignInLimits());
        string ann = Somebody();
        await shop.AccountAsync(ann);
        var letter = await shop.LetterAsync(ann);
        await AcceptedAsync(shop, 50, () => ann);
        (await shop.RedeemAsync(letter.Link)).Session.ShouldNotBeNull();
    }

    [Fact]
    public async Task Without_limits_is_never_refused() =>
        (await AcceptedAsync(Open(SignInLimits.Off), 100, () => "ann@example.com", ip: "192.0.2.1")).ShouldBe(100);
}

using Latchkey.SignIn.Tests.Rig;

namespace Latchkey.SignIn.Tests;

/// <summary>Links that are opened in another browser, or on another network, than they were asked for.</summary>
public sealed class ALinkOpenedElsewhereTests(Town town) : IClassFixture<Town>
{
    static readonly SignInPolicy Off = SignInPolicy.New with { Limits = SignInLimits.Off };

    readonly BrowserSecret asker = BrowserSecret.Create();

    async Task<(Shop Shop, Letter Letter)> AskedAsync(SignInPolicy policy)
    {
        var shop = town.Open(policy);
        await shop.AccountAsync("ann@example.com");
        await shop.AskAsync("ann@example.com", asker, ip: "192.0.2.7");
        return (shop, (await shop.PostAsync()).Single());
    }

    [Fact]
    public async Task Signs_in_on_confirmation_where_the_policy_says_so()
    {
        var (shop, letter) = await AskedAsync(Off);
        (await shop.RedeemAsync(letter.Link, ip: "198.51.100.9")).Session.ShouldNotBeNull();
    }

    [Theory]
    [InlineData(OtherBrowser.Refuse)]
    [InlineData(OtherBrowser.Match)]
    public async Task Does_not_sign_in_in_another_browser_and_still_does_in_its_own(OtherBrowser mode)
    {
        var (shop, letter) = await AskedAsync(Off with { OtherBrowser = mode });
        var seen = (await shop.LookAsync(letter.Link)).ShouldNotBeNull();
        seen.StatusFor(shop.Policy, BrowserSecret.Create(), "192.0.2.7").ShouldBe(LinkStatus.OtherBrowser);
        seen.StatusFor(shop.Policy, null, "192.0.2.7").ShouldBe(LinkStatus.OtherBrowser);

        var refused = await shop.RedeemAsync(letter.Link);
        (refused.Status, refused.Session).ShouldBe((LinkStatus.OtherBrowser, null));
        (await shop.CountAsync("session")).ShouldBe(0);

        seen.StatusFor(shop.Policy, asker, "192.0.2.7").ShouldBe(LinkStatus.Ready);
        (await shop.RedeemAsync(letter.Link, asker)).Session.ShouldNotBeNull();
    }

    [Fact]
    public async Task Signs_in_with_the_number_of_the_waiting_page()
    {
        var (shop, letter) = await AskedAsync(Off with { OtherBrowser = OtherBrowser.Match });
        string number = (await shop.WaitingAsync(asker)).ShouldNotBeNull().Number;
        number.ShouldMatch("^[1-9][0-9]$");
        (await shop.TypeNumberAsync(letter.Link, number == "10" ? "11" : "10")).Status.ShouldBe(LinkStatus.OtherBrowser);
        (await shop.TypeNumberAsync(letter.Link, $" {number} ")).Session.ShouldNotBeNull();
    }

    [Fact]
    public async Task Takes_three_numbers_and_no_more_however_many_are_typed_at_once()
    {
        var (shop, letter) = await AskedAsync(Off with { OtherBrowser = OtherBrowser.Match });
        string number = (await shop.WaitingAsync(asker)).ShouldNotBeNull().Number;
        string[] wrong = [.. Enumerable.Range(10, 90).Select(n => $"{n}").Where(n => n != number)];
        await Town.AtOnceAsync(40, i => shop.TypeNumberAsync(letter.Link, wrong[i]));

        (await shop.TypeNumberAsync(letter.Link, number)).Status.ShouldBe(LinkStatus.OtherBrowser);
        (await shop.LookAsync(letter.Link)).ShouldNotBeNull().NumberTries.ShouldBe(SignInLinks.MostNumbers);
        (await shop.RedeemAsync(letter.Link, asker)).Session.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_number_of_one_request_opens_no_other()
    {
        var shop = town.Open(Off with { OtherBrowser = OtherBrowser.Match });
        await shop.AccountAsync("ann@example.com");
        await shop.AccountAsync("bob@example.com");
        var mine = await shop.LetterAsync("bob@example.com", asker);
        var hers = await shop.LetterAsync("ann@example.com");
        string number = (await shop.WaitingAsync(asker)).ShouldNotBeNull().Number;

        var counted = await town.WriteAsync(t => new SignInLinks(town.Key, shop.Clock).CountNumberAsync(t, shop.Key, mine.Link, number));
        counted.ShouldNotBeNull().IsRight.ShouldBeTrue();
        (await shop.RedeemAsync(hers.Link, number: counted)).Status.ShouldBe(LinkStatus.OtherBrowser);
    }

    [Fact]
    public async Task Is_bound_to_the_network_that_asked_where_the_policy_says_so()
    {
        var (shop, letter) = await AskedAsync(Off with { BindIp = true });
        (await shop.RedeemAsync(letter.Link, asker, ip: "198.51.100.9")).Status.ShouldBe(LinkStatus.OtherNetwork);
        (await shop.StatusAsync(letter.Link)).ShouldBe(LinkStatus.Ready);
        (await shop.RedeemAsync(letter.Link, ip: "192.0.2.7")).Session.ShouldNotBeNull();
    }

    [Fact]
    public async Task Signs_in_anywhere_when_staff_sent_it()
    {
        var shop = town.Open(Off with { BindIp = true, OtherBrowser = OtherBrowser.Refuse });
        var ann = await shop.AccountAsync("ann@example.com");
        await shop.AskAsync("ann@example.com", account: ann, staff: "manager@example.com");
        var letter = (await shop.PostAsync()).Single();
        (await shop.LookAsync(letter.Link)).ShouldNotBeNull().StatusFor(shop.Policy, null, "198.51.100.9").ShouldBe(LinkStatus.Ready);
        var session = (await shop.RedeemAsync(letter.Link, ip: "198.51.100.9")).Session.ShouldNotBeNull();
        session.Means.ShouldBe("link");
    }
}

using Latchkey.SignIn.Tests.Rig;

namespace Latchkey.SignIn.Tests;

public sealed class CodesAreTypedTests(Town town) : IClassFixture<Town>
{
    [Fact]
    public async Task Too_often_for_one_address_over_many_requests_and_is_braked()
    {
        var shop = town.Open(SignInPolicy.New with { Limits = SignInLimits.Off with { Code = new(15, TimeSpan.FromMinutes(10)) } });
        await shop.AccountAsync("ann@example.com");
        int compared = 0;
        Letter letter = null!;
        BrowserSecret browser = null!;
        for (int request = 0; request < 40; request++)
        {
            browser = BrowserSecret.Create();
            letter = await shop.LetterAsync("ann@example.com", browser);
            for (int i = 0; i < 4; i++)
                if ((await shop.TypeAsync(letter.RequestId, shop.WrongCodeOf(letter.RequestId), browser)).Try.MayMatch) compared++;
        }
        compared.ShouldBe(15);

        var (counted, session) = await shop.TypeAsync(letter.RequestId, letter.Code, browser);
        counted.LimitedUntil.ShouldBe(shop.Now.AddMinutes(10));
        session.ShouldBeNull();

        // Nobody else is braked, the link works, and time heals.
        await shop.AccountAsync("bob@example.com");
        var bob = BrowserSecret.Create();
        var bobs = await shop.LetterAsync("bob@example.com", bob);
        (await shop.TypeAsync(bobs.RequestId, bobs.Code, bob)).Session.ShouldNotBeNull();
        shop.Minutes(10);
        browser = BrowserSecret.Create();
        letter = await shop.LetterAsync("ann@example.com", browser);
        (await shop.TypeAsync(letter.RequestId, letter.Code, browser)).Session.ShouldNotBeNull();
        (await shop.RedeemAsync((await shop.LetterAsync("ann@example.com")).Link)).Session.ShouldNotBeNull();
    }

    [Fact]
    public async Task Too_often_on_one_storefront_for_many_addresses_and_is_braked()
    {
        var shop = town.Open(SignInPolicy.New with { Limits = SignInLimits.Off with { CodeStorefront = new(30, TimeSpan.FromSeconds(6)) } });
        var tries = await Town.AtOnceAsync(12, async i =>
        {
            var browser = BrowserSecret.Create();
            var asked = await shop.AskAsync($"customer{i}@example.com", browser);
            int free = 0;
            for (int n = 0; n < 5; n++)
                if ((await shop.TypeAsync(asked.RequestId, "xx", browser)).Try.LimitedUntil is null) free++;
            return free;
        });
        tries.Sum().ShouldBe(30);
    }
}

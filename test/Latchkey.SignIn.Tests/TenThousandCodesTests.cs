using System.Collections.Concurrent;
using Latchkey.SignIn.Tests.Rig;

namespace Latchkey.SignIn.Tests;

/// <summary>SECURITY 54–58: guessing over requests, resends, addresses, numbers, browsers and nodes is bounded by the policy alone.</summary>
public sealed class TenThousandWrongCodesTests(Town town) : IClassFixture<Town>
{
    private const int Customers = 12;

    private static readonly SignInLimits OnlyCodes = SignInLimits.Off with
    {
        Code = new SignInLimits().Code,
        CodeAccount = new SignInLimits().CodeAccount,
        CodeStorefront = new SignInLimits().CodeStorefront,
    };

    private readonly ConcurrentDictionary<string, (Guid Request, BrowserSecret Browser)> open = new(StringComparer.Ordinal);
    private readonly Shop shop = town.Open(SignInPolicy.Subscription with { Limits = OnlyCodes });

    [Fact]
    public async Task Are_never_compared_more_often_than_the_policy_allows()
    {
        for (int i = 0; i < Customers; i++) await shop.AccountAsync(Email(i), phone: Phone(i));
        var tried = new List<Guess>();
        for (int i = 0; i < 2_000; i++) tried.Add(await GuessAsync(i));
        for (int round = 0; round < 8; round++)
        {
            int from = 2_000 + (round * 1_000);
            var lanes = await Town.AtOnceAsync(20, async lane =>
            {
                var mine = new List<Guess>();
                for (int i = 0; i < 50; i++) mine.Add(await GuessAsync(from + (lane * 50) + i));
                return mine;
            });
            tried.AddRange(lanes.SelectMany(l => l));
        }

        tried.Count.ShouldBe(10_000);
        var compared = tried.Where(g => g.WasCompared).ToList();
        compared.ShouldNotBeEmpty();
        compared.CountBy(g => g.Request).Max(c => c.Value).ShouldBeLessThanOrEqualTo(shop.Policy.CodeTries);
        compared.CountBy(g => g.Name).Max(c => c.Value).ShouldBeLessThanOrEqualTo(OnlyCodes.Code.Burst);
        compared.CountBy(g => g.Customer).Max(c => c.Value).ShouldBeLessThanOrEqualTo(OnlyCodes.CodeAccount.Burst);
        compared.Count.ShouldBeLessThanOrEqualTo(OnlyCodes.CodeStorefront.Burst);
        (await shop.CountAsync("session")).ShouldBe(0);
    }

    [Fact]
    public async Task Leave_the_link_alone_and_time_gives_tries_back_slowly()
    {
        var ann = town.Open(SignInPolicy.Subscription with { Limits = OnlyCodes });
        await ann.AccountAsync("ann@example.com");
        var browser = BrowserSecret.Create();
        var letter = await ann.LetterAsync("ann@example.com", browser);
        for (int i = 0; i < 20; i++)
        {
            var other = BrowserSecret.Create();
            var request = (await ann.LetterAsync("ann@example.com", other)).RequestId;
            await ann.TypeAsync(request, ann.WrongCodeOf(request), other);
        }
        (await ann.TypeAsync(letter.RequestId, letter.Code, browser)).Session.ShouldBeNull();
        ann.Pass(TimeSpan.FromSeconds(1));
        (await ann.RedeemAsync(letter.Link, browser)).Session.ShouldNotBeNull();

        for (int i = 0; i < OnlyCodes.Code.Burst; i++)
        {
            var other = BrowserSecret.Create();
            var again = await ann.LetterAsync("ann@example.com", other);
            bool isLast = i == OnlyCodes.Code.Burst - 1;
            ((await ann.TypeAsync(again.RequestId, isLast ? again.Code : ann.WrongCodeOf(again.RequestId), other)).Session is not null).ShouldBe(isLast);
        }
    }

    /// <summary>A new request for every few guesses, asked for again in between; by address and by number in turn.</summary>
    private async Task<Guess> GuessAsync(int i)
    {
        int customer = i % Customers;
        string name = i / Customers % 2 == 0 ? Email(customer) : Phone(customer);
        var (request, browser) = await RequestAsync(name, isNew: i / Customers % 10 < 2);
        var (counted, session) = await shop.TypeAsync(request, shop.WrongCodeOf(request), browser);
        session.ShouldBeNull();
        return new Guess(customer, name, request, counted.MayMatch);
    }

    private async Task<(Guid, BrowserSecret)> RequestAsync(string name, bool isNew)
    {
        if (!isNew && open.TryGetValue(name, out var known))
        {
            await shop.AskAsync(name, known.Browser);
            return known;
        }
        var browser = BrowserSecret.Create();
        var request = (await shop.AskAsync(name, browser)).RequestId;
        await shop.PostAsync();
        return open[name] = (request, browser);
    }

    private static string Email(int customer) => $"customer{customer}@codes.example";

    private static string Phone(int customer) => $"+1555200{customer:d4}";

    private sealed record Guess(int Customer, string Name, Guid Request, bool WasCompared);
}

using System.Collections.Concurrent;
using System.Net;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Features.SignIn;

/// <summary>
/// Sessions, browsers and links are names of rows, not messages that could be decrypted: whatever is bent in them gets one answer.
/// Thousands rather than tens of thousands: the answer does not depend on what was bent, and every one is a request.
/// </summary>
public sealed class TamperedSecretsTests(Portal portal) : IClassFixture<Portal>
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    [Fact]
    public async Task Two_thousand_bent_session_cookies_sign_nobody_in_and_are_answered_alike()
    {
        var storefront = await portal.StorefrontAsync();
        await portal.AccountAsync(storefront, "ann@bent.example");
        using var ann = portal.Visit(storefront);
        await ann.SignInAsync("ann@bent.example");
        string session = ann.Cookies.GetAllCookies().Single(c => c.Name.StartsWith("latchkey-session-", StringComparison.Ordinal)).Value;

        var answers = await AskAllAsync(2000, session, bent => Get($"/s/{storefront.Slug}/portal", $"latchkey-session-{storefront.Slug}={bent}"));

        answers.ShouldHaveSingleItem().ShouldBe((HttpStatusCode.Redirect, $"/s/{storefront.Slug}/portal/sign-in", ""));
        (await ann.GetAsync("/portal")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_thousand_bent_links_are_damaged_ones_and_the_link_itself_still_works()
    {
        var storefront = await portal.StorefrontAsync(SignInPolicy.Storage with { Limits = SignInLimits.Off });
        await portal.AccountAsync(storefront, "ann@bent-link.example");
        using var ann = portal.Visit(storefront);
        await ann.AskAsync("ann@bent-link.example");
        string token = await ann.TokenAsync("ann@bent-link.example");

        var answers = await AskAllAsync(1000, token, bent => Get($"/s/{storefront.Slug}/portal/link/{bent}", null));

        answers.ShouldHaveSingleItem().ShouldBe((HttpStatusCode.NotFound, "", "Link damaged"));
        (await ann.RedeemAsync(token)).Status.ShouldBe(HttpStatusCode.Redirect);
    }

    /// <summary>The different answers to a secret bent in many ways.</summary>
    private async Task<IReadOnlyList<(HttpStatusCode Status, string Location, string Heading)>> AskAllAsync(int times, string secret, Func<string, HttpRequestMessage> ask)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = portal.Url };
        var answers = new ConcurrentDictionary<(HttpStatusCode, string, string), bool>();
        var random = new Random(107);
        string[] all = [.. Enumerable.Range(0, times).Select(i => Bend(secret, i, random))];
        all.ShouldNotContain(secret);
        await Parallel.ForEachAsync(all, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (bent, cancel) =>
        {
            using var request = ask(bent);
            using var response = await http.SendAsync(request, cancel);
            var answer = new Answer(response, await response.Content.ReadAsStringAsync(cancel));
            answers.TryAdd((answer.Status, answer.Location ?? "", answer.Status == HttpStatusCode.Redirect ? "" : answer.Heading), true);
        });
        return [.. answers.Keys];
    }

    private static HttpRequestMessage Get(string path, string? cookie)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (cookie is not null) request.Headers.Add("Cookie", cookie);
        return request;
    }

    /// <summary>One letter changed, cut off, longer, two swapped, or nothing of it left.</summary>
    private static string Bend(string secret, int way, Random random)
    {
        int at = random.Next(secret.Length);
        char other = Alphabet[(Alphabet.IndexOf(char.ToLowerInvariant(secret[at]), StringComparison.Ordinal) + 1 + random.Next(31)) % 32];
        return (way % 5) switch
        {
            0 or 1 => $"{secret[..at]}{other}{secret[(at + 1)..]}",
            2 => at == 0 ? "a" : secret[..at],
            3 => $"{secret}{other}",
            _ => string.Concat(Enumerable.Range(0, secret.Length).Select(_ => Alphabet[random.Next(32)])),
        };
    }
}

using System.Net;
using Latchkey.Tests.Platform.Mail.Rig;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Features.SignIn;

public sealed class ServerIsKilledTests : TownServer
{
    [Fact]
    public async Task Whatever_was_answered_is_still_true_after_kill_9_at_any_moment()
    {
        const int rounds = 3, aRound = 400;
        for (int round = 0; round < rounds; round++)
        {
            await using var server = await ServeAsync();
            var burst = Crowd.SignInAsync(Enumerable.Range(round * aRound, aRound).Select(Town.Customer), atOnce: 8, tryTwice: true, Cancel);
            int answered = Crowd.SignedIn.Count + Random.Shared.Next(5, 60);
            while (Crowd.SignedIn.Count < answered && !burst.IsCompleted) await Task.Delay(1, Cancel);

            await server.KillAsync();
            Crowd.GoHome();
            await burst;
        }

        await using (await ServeAsync())
        {
            await Town.EndLeasesAsync();
            await Town.DrainAsync();
            foreach (var (_, cookie) in Crowd.SignedIn) (await Crowd.IsInsideAsync(cookie)).ShouldBeTrue();
        }
        (await Town.WithoutMailAsync(Crowd.Asked)).ShouldBeEmpty();
        await Town.ShouldBeWholeAsync();
        Crowd.LetInTwice.ShouldBeEmpty();
        CopiesShouldBeAlike();
    }

    [Fact]
    public async Task A_mail_the_relay_took_just_before_the_kill_is_sent_again_and_both_copies_work_until_one_is_used()
    {
        var server = await ServeAsync();
        Relay.On(Moment.Dot, new ServerAct("250 2.0.0 queued", First: () => server.KillAsync().GetAwaiter().GetResult()), ServerAct.Behave);
        (await AskAsync(server)).ShouldBe(HttpStatusCode.Redirect);
        await server.ExitAsync();
        await server.DisposeAsync();

        await using var next = await ServeAsync();
        await Town.EndLeasesAsync();
        await Town.DrainAsync();

        var copies = await Relay.CopiesAsync(Town.Customer(1), 2);
        CopiesShouldBeAlike();
        foreach (var copy in copies) (await LookAsync(next, copy)).ShouldBe(HttpStatusCode.OK);
        (await RedeemAsync(next, copies[1])).ShouldBe(HttpStatusCode.Redirect);
        (await RedeemAsync(next, copies[0])).ShouldBe(HttpStatusCode.Gone);
        await Town.ShouldBeWholeAsync();
    }

    static Task<HttpStatusCode> AskAsync(LatchkeyProcess server) => PostAsync(server, "sign-in", "email", Town.Customer(1));

    static Task<HttpStatusCode> RedeemAsync(LatchkeyProcess server, MailReader mail) => PostAsync(server, "link", "token", Visit.TokenIn(mail.Text));

    static async Task<HttpStatusCode> LookAsync(LatchkeyProcess server, MailReader mail)
    {
        using var browser = Browser(server);
        using var answer = await browser.GetAsync($"{Town.Portal}/link/{Visit.TokenIn(mail.Text)}", Cancel);
        return answer.StatusCode;
    }

    /// <summary>From a new browser each time.</summary>
    static async Task<HttpStatusCode> PostAsync(LatchkeyProcess server, string page, string field, string value)
    {
        using var browser = Browser(server);
        using var answer = await browser.PostAsync($"{Town.Portal}/{page}", new FormUrlEncodedContent([KeyValuePair.Create(field, value)]), Cancel);
        return answer.StatusCode;
    }

    static HttpClient Browser(LatchkeyProcess server) => new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = server.Url };
}

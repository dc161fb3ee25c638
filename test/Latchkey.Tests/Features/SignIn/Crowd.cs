using System.Collections.Concurrent;
using System.Net;
using Latchkey.Tests.Platform.Mail.Rig;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Features.SignIn;

/// <summary>Customers who sign in one after the other, each from a browser of their own, and note every answer they got.</summary>
internal sealed class Crowd(Uri server, string portal, ScriptedSmtpServer relay)
{
    readonly ConcurrentDictionary<string, TaskCompletionSource<string>> expected = new(StringComparer.Ordinal);
    int read;

    /// <summary>Addresses whose request was answered.</summary>
    public ConcurrentBag<string> Asked { get; } = [];

    /// <summary>Session cookies of sign-ins that were answered.</summary>
    public ConcurrentBag<(string Address, string Cookie)> SignedIn { get; } = [];

    /// <summary>Posts of a used link from another browser that were let in: must stay empty.</summary>
    public ConcurrentBag<string> LetInTwice { get; } = [];

    /// <summary>Each of the customers signs in, so many at a time. Ends early, and quietly, when the server goes away.</summary>
    public async Task SignInAsync(IEnumerable<string> customers, int atOnce, bool tryTwice, CancellationToken cancel)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var opening = OpenMailAsync(over.Token);
        var all = Parallel.ForEachAsync(customers, new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancel },
            async (address, stop) => await SignInAsync(address, tryTwice, stop));
        await all.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await over.CancelAsync();
        await opening;
        // When the server is killed, whoever is at it breaks off and the rest stay at home; anything else is a fault.
        all.Exception?.Flatten().InnerExceptions.Where(e => e is not (HttpRequestException or OperationCanceledException)).ShouldBeEmpty();
    }

    /// <summary>Nobody waits for a mail any longer: the server is gone.</summary>
    public void GoHome()
    {
        foreach (var waiting in expected.Values) waiting.TrySetCanceled();
    }

    /// <summary>Whether the cookie still opens the dashboard.</summary>
    public async Task<bool> IsInsideAsync(string cookie)
    {
        using var browser = Browser();
        using var request = new HttpRequestMessage(HttpMethod.Get, portal);
        request.Headers.Add("Cookie", cookie);
        using var answer = await browser.SendAsync(request);
        return answer.StatusCode == HttpStatusCode.OK;
    }

    async Task SignInAsync(string address, bool tryTwice, CancellationToken stop)
    {
        var mail = expected.GetOrAdd(address, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        using var browser = Browser();
        using (await browser.GetAsync($"{portal}/sign-in", stop)) { }
        using (var asked = await PostAsync(browser, "sign-in", "email", address, stop)) asked.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        Asked.Add(address);

        var token = await mail.WaitAsync(TimeSpan.FromSeconds(30), stop);
        using (var looked = await browser.GetAsync($"{portal}/link/{token}", stop)) looked.StatusCode.ShouldBe(HttpStatusCode.OK);
        using (var redeemed = await PostAsync(browser, "link", "token", token, stop))
        {
            redeemed.StatusCode.ShouldBe(HttpStatusCode.Redirect);
            SignedIn.Add((address, redeemed.Headers.GetValues("Set-Cookie").Single(c => c.Contains("session", StringComparison.Ordinal)).Split(';')[0]));
        }
        if (!tryTwice) return;
        using var thief = Browser();
        using var again = await PostAsync(thief, "link", "token", token, stop);
        if (again.StatusCode == HttpStatusCode.Redirect) LetInTwice.Add(address);
    }

    /// <summary>Hands each mail to the customer who waits for it.</summary>
    async Task OpenMailAsync(CancellationToken stop)
    {
        for (; !stop.IsCancellationRequested; await Task.Delay(5, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing))
            foreach (var mail in relay.Mails.Skip(read))
            {
                read++;
                var opened = new MailReader(mail.Bytes);
                if (expected.TryGetValue(opened.ToAddress, out var waiting)) waiting.TrySetResult(Visit.TokenIn(opened.Text));
            }
    }

    HttpClient Browser() => new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = server };

    Task<HttpResponseMessage> PostAsync(HttpClient browser, string page, string field, string value, CancellationToken stop) =>
        browser.PostAsync($"{portal}/{page}", new FormUrlEncodedContent([KeyValuePair.Create(field, value)]), stop);
}

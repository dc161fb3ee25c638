using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Latchkey.Bench;

/// <summary>The Owner at the console: signs in by the built-in mailbox, opens each page many times, and says how long it took.</summary>
internal sealed partial class ConsoleVisits(Uri server, int rounds) : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = server };

    public async Task RunAsync()
    {
        await SignInAsync();
        string tab = First(await GetAsync("/console/facilities"), FacilityLink());
        string mail = First(await GetAsync(tab), MailLink());
        Console.WriteLine($"| page | p50 ms | p95 ms | most ms |");
        Console.WriteLine("| --- | --- | --- | --- |");
        await MeasureAsync("Facilities", _ => "/console/facilities");
        await MeasureAsync("Emails tab", _ => tab);
        await MeasureAsync("Emails tab, failed", _ => $"{tab}?status=Failed");
        await MeasureAsync("Emails tab, what nobody has", _ => $"{tab}?status=Delayed");
        await MeasureAsync("Emails tab, one address", n => $"{tab}?q=user{n}@example.test");
        await MeasureAsync("Emails tab, part of addresses", n => $"{tab}?q=r{n}");
        await MeasureAsync("Emails tab, no such address", n => $"{tab}?q=nobody{n}");
        await MeasureAsync("All emails", _ => "/console/emails");
        await MeasureAsync("One mail", _ => mail);
        await MeasureAsync("Activity", _ => "/console/activity");
        await MeasureAsync("Activity, what never happened", n => $"/console/activity?q=nothing{n}&period=Any");
        await MeasureAsync("Activity of a customer", n => $"/console/activity?who=customer+{n}&period=Any");
        await MeasureAsync("Contacts", _ => "/console/contacts");
        await MeasureAsync("Contacts, part of a name", n => $"/console/contacts?q=mer+{n}");
        await MeasureAsync("Contacts, none", n => $"/console/contacts?q=nobody{n}");
        await MeasureAsync("Contacts without an account", _ => "/console/contacts?account=none");
        await MeasureAsync("Customers", _ => "/console/customers");
        await MeasureAsync("Customers, part of a name", n => $"/console/customers?q=mer+{n}");
        await MeasureAsync("Customers, none", n => $"/console/customers?q=nobody{n}");
        await MeasureAsync("Subscriptions", _ => "/console/subscriptions");
        await MeasureAsync("Subscriptions, part of a name", n => $"/console/subscriptions?q=mer+{n}");
        await MeasureAsync("Subscriptions, none", n => $"/console/subscriptions?q=nobody{n}");
        await MeasureAsync("Why, an address", n => $"/console/why?address=user{n}@example.test");
        await MeasureAsync("Why, nobody's address", n => $"/console/why?address=usre{n}@example.test");
        if (ContactLink().Match(await GetAsync("/console/contacts")) is { Success: true } contact) await MeasureAsync("Contact record", _ => contact.Groups["path"].Value);
    }

    public void Dispose() => http.Dispose();

    private async Task MeasureAsync(string page, Func<int, string> path)
    {
        var times = new List<double>(rounds);
        for (int n = 0; n < rounds + 3; n++)
        {
            var watch = Stopwatch.StartNew();
            using var answer = await http.GetAsync(new Uri(path(n * 37), UriKind.Relative));
            await answer.Content.ReadAsByteArrayAsync();
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                Console.WriteLine($"| {page} | {(int)answer.StatusCode} | | |");
                return;
            }
            if (n >= 3) times.Add(watch.Elapsed.TotalMilliseconds); // the first are compiled
        }
        times.Sort();
        Console.WriteLine(FormattableString.Invariant($"| {page} | {times[rounds / 2]:0.0} | {times[(int)Math.Ceiling(rounds * 0.95) - 1]:0.0} | {times[^1]:0.0} |"));
    }

    private async Task SignInAsync()
    {
        await PostAsync("/console/portal/sign-in", ("email", ConsoleSeed.Owner));
        for (int i = 0; i < 200; i++, await Task.Delay(50))
        {
            using var mails = JsonDocument.Parse(await GetAsync("/mailbox.json"));
            if (mails.RootElement.EnumerateArray().Select(m => LinkToken().Match(m.GetProperty("text").GetString()!)).FirstOrDefault(m => m.Success) is not { } link) continue;
            await PostAsync("/console/portal/link", ("token", link.Groups["token"].Value));
            return;
        }
        throw new TimeoutException("The link to the console did not come: is this server in development, with the built-in mailbox?");
    }

    private async Task<string> GetAsync(string path)
    {
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative));
        return await answer.Content.ReadAsStringAsync();
    }

    private async Task PostAsync(string path, params (string Name, string Value)[] form)
    {
        using var content = new FormUrlEncodedContent(form.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        using var answer = await http.PostAsync(new Uri(path, UriKind.Relative), content);
        if ((int)answer.StatusCode >= 400) throw new InvalidOperationException($"{path} answered {answer.StatusCode}.");
    }

    private static string First(string page, Regex link) => link.Match(page) is { Success: true } match ? match.Groups["path"].Value : throw new InvalidOperationException($"No link like {link} on the page.");

    [GeneratedRegex("/portal/link/(?<token>[a-z2-7]{32})", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LinkToken();
    [GeneratedRegex("href=\"(?<path>/console/facilities/[-0-9a-f]{36}/emails)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FacilityLink();
    [GeneratedRegex("href=\"(?<path>/console/emails/[-0-9a-f]{36})\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MailLink();
    [GeneratedRegex("href=\"(?<path>/console/contacts/[-0-9a-f]{36})\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ContactLink();
}

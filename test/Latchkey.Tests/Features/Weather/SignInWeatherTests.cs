using System.Net;
using Latchkey.Features.Weather;
using Latchkey.Platform.Staff;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;
using Latchkey.SignIn.Diagnosis;
using Latchkey.Tests.Platform.Mail;
using Latchkey.Tests.Platform.Mail.Rig;
using Latchkey.Tests.Rig;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Tests.Features.Weather;

/// <summary>What stands between many customers and their mail: noticed, told, and made good when it is over. The relay is this class's own.</summary>
public sealed class SignInWeatherTests(Portal portal) : IClassFixture<Portal>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_relay_that_takes_nothing_is_noticed_and_who_waited_in_vain_gets_one_fresh_mail_when_it_is_over()
    {
        var storefront = await portal.StorefrontAsync();
        string[] customers = ["ann@one.example", "bob@two.example", "cat@three.example", "dan@four.example"];
        foreach (string customer in customers) await portal.AccountAsync(storefront, customer);
        using var manager = await portal.StaffVisitAsync(storefront.OrganizationId, StaffRole.Manager, "Max Manager");
        using var neighbour = await portal.StaffVisitAsync((await portal.StorefrontAsync()).OrganizationId, StaffRole.Manager);

        portal.Sink.On(Moment.Rcpt, ServerAct.Say("450 4.3.0 Out of space"));
        foreach (string customer in customers)
        {
            await AskAsync(storefront, customer);
            await portal.DelayedAsync(customer);
        }
        portal.Clock.Advance(TimeSpan.FromMinutes(2));
        await LookAsync(storefront);
        await LookAsync(storefront); // looking again notices nothing twice
        var home = await manager.OpenAsync("/console");
        home.Text.ShouldContain("The mail server takes no mail.");
        home.Text.ShouldContain("4 customers wait.");
        (await neighbour.OpenAsync("/console")).Text.ShouldNotContain("The mail server takes no mail.");

        var page = await manager.OpenAsync("/console/weather");
        page.Text.ShouldContain("Out of space");
        string list = page.Page.QuerySelector(".weather a")!.GetAttribute("href")!;
        (await manager.OpenAsync(list)).Page.QuerySelectorAll("tbody tr").Length.ShouldBe(4);
        (await neighbour.OpenAsync(list)).Status.ShouldBe(HttpStatusCode.NotFound);
        string id = list.Split('/')[^1];
        (await neighbour.SubmitAsync("/console/weather?handler=Tell", ("weather", id))).Status.ShouldBe(HttpStatusCode.NotFound);
        var asked = await manager.SubmitAsync("/console/weather?handler=Tell", ("weather", id));
        (await manager.OpenAsync(asked.Location!)).Text.ShouldContain("Max Manager asked for it.");

        portal.Clock.Advance(storefront.Policy.RequestLifetime); // their requests are over
        portal.Wake();
        foreach (string customer in customers) await portal.RowAsync(customer, row => row.State == "failed");
        portal.Sink.On(Moment.Rcpt, ServerAct.Behave);
        using var ann = portal.Visit(storefront);
        await ann.SignInAsync("ann@one.example"); // got in meanwhile
        await AskAsync(storefront, "bob@two.example");
        await portal.MailsAsync("bob@two.example"); // got a mail meanwhile
        await LookAsync(storefront);
        (await manager.OpenAsync("/console")).Text.ShouldNotContain("The mail server takes no mail.");

        await Task.WhenAll(TellAsync(), TellAsync(), TellAsync()); // as on three nodes
        await TellAsync();
        foreach (string customer in customers[2..])
        {
            using var visit = portal.Visit(storefront);
            (await visit.RedeemAsync(await visit.TokenAsync(customer))).Status.ShouldBe(HttpStatusCode.Redirect);
        }
        await portal.SettleAsync();
        foreach (string customer in customers)
            (await portal.ScalarAsync<long>("select count(*) from mail where to_address = @customer and state = 'sent'", new { customer })).ShouldBe(1, customer);
        var ended = await manager.OpenAsync(list);
        ended.Page.QuerySelectorAll("tbody tr").Select(r => $"{r.FirstElementChild!.TextContent.Trim()}: {r.LastElementChild!.TextContent.Trim()}").ShouldBe(
            ["ann@one.example: got in", "bob@two.example: the mail left after all", "cat@three.example: a fresh mail was sent", "dan@four.example: a fresh mail was sent"], ignoreOrder: true);
        (await manager.OpenAsync("/console/weather")).Text.ShouldContain("Over, in the last seven days");

        Task TellAsync() => portal.Services.GetRequiredService<TellWaiting>().RunAsync(storefront.OrganizationId, Cancel);
    }

    [Fact]
    public async Task A_domain_that_refuses_and_one_that_puts_off_are_told_apart_and_who_waited_for_them_gets_in()
    {
        var storefront = await portal.StorefrontAsync();
        string[] refused = [.. Enumerable.Range(0, 5).Select(i => $"ann{i}@refusing.example")], slow = [.. Enumerable.Range(0, 3).Select(i => $"ann{i}@slow.example")];
        string[] fine = [.. Enumerable.Range(0, 3).Select(i => $"ann{i}@fine.example")];
        foreach (string customer in (string[])[.. refused, .. slow, .. fine]) await portal.AccountAsync(storefront, customer);
        using var manager = await portal.StaffVisitAsync(storefront.OrganizationId, StaffRole.Manager, "Max Manager");
        using var desk = await Why.Desk.OpenAsync(portal, storefront);
        portal.Sink.ForRecipient = to => to.Contains("@refusing.example>", StringComparison.Ordinal) ? ServerAct.Say("550 5.7.1 Poor reputation")
            : to.Contains("@slow.example>", StringComparison.Ordinal) ? ServerAct.Say("451 4.7.1 Too much from you") : null;

        await AskAsync(storefront, [.. slow, .. refused]);
        foreach (string customer in slow) await portal.DelayedAsync(customer);
        foreach (string customer in refused) await portal.RowAsync(customer, row => row.State == "failed");
        portal.Clock.Advance(TimeSpan.FromSeconds(10));
        await AskAsync(storefront, fine);
        foreach (string customer in fine) await portal.MailsAsync(customer);
        portal.Clock.Advance(TimeSpan.FromMinutes(6));
        await LookAsync(storefront);
        var page = await manager.OpenAsync("/console/weather");
        var shown = page.Page.QuerySelectorAll(".weather").ToDictionary(w => w.QuerySelector("h2")!.TextContent, w => w.TextContent, StringComparer.Ordinal);
        shown.Keys.ShouldBe(["Mails to refusing.example are refused.", "Mails to slow.example are put off."], ignoreOrder: true);
        shown["Mails to refusing.example are refused."].ShouldContain("5 customers wait.");
        shown["Mails to refusing.example are refused."].ShouldContain("Poor reputation");
        shown["Mails to slow.example are put off."].ShouldContain("3 customers wait.");
        shown["Mails to slow.example are put off."].ShouldContain("Since ");
        (await manager.OpenAsync("/console")).Text.ShouldContain("Mails to refusing.example are refused.");
        var lists = page.Page.QuerySelectorAll(".weather").ToDictionary(w => w.QuerySelector("h2")!.TextContent.Split(' ')[2], w => w.QuerySelector("a")!.GetAttribute("href")!, StringComparer.Ordinal);
        foreach (string list in lists.Values) (await manager.SubmitAsync("/console/weather?handler=Tell", ("weather", list.Split('/')[^1]))).Status.ShouldBe(HttpStatusCode.Redirect);

        (await desk.VerdictAsync(slow[0], Cause.MailQueued)).Text.ShouldContain("Mails to slow.example are put off, whoever they are for. Customers who wait: 3.");
        var verdict = await desk.VerdictAsync(refused[0], Cause.DomainRefusing);
        verdict.Text.ShouldContain("Mails to refusing.example are refused, whoever they are for. Customers who wait: 5.");
        await desk.PressAsync(verdict, "ann@elsewhere-now.example"); // who cannot wait
        await desk.ShouldGetInAsync("ann@elsewhere-now.example", mails: 2);

        portal.Sink.ForRecipient = _ => null;
        portal.Clock.Advance(TimeSpan.FromMinutes(5));
        await Portal.UntilAsync(async () =>
        {
            portal.Clock.Advance(TimeSpan.FromSeconds(10)); // one that was just being tried is due a little later
            portal.Wake();
            return await portal.ScalarAsync<long>("select count(*) from mail where to_address like '%@slow.example' and state = 'sent'") == slow.Length;
        });
        await AskAsync(storefront, refused[1..4]);
        foreach (string customer in refused[1..4]) await portal.MailsAsync(customer);
        await LookAsync(storefront);
        (await manager.OpenAsync("/console/weather")).Page.QuerySelectorAll(".weather").ShouldBeEmpty();
        for (int i = 0; i < 2; i++) await portal.Services.GetRequiredService<TellWaiting>().RunAsync(storefront.OrganizationId, Cancel);
        await desk.ShouldGetInAsync(refused[4], mails: 1);
        (await OutcomesAsync(lists["refusing.example"])).ShouldBe(["a fresh mail was sent", "got in", "the mail left after all", "the mail left after all", "the mail left after all"]);
        (await OutcomesAsync(lists["slow.example"])).ShouldBe(["the mail left after all", "the mail left after all", "the mail left after all"]);

        async Task<IEnumerable<string>> OutcomesAsync(string list) =>
            (await manager.OpenAsync(list)).Page.QuerySelectorAll("tbody tr").Select(r => r.LastElementChild!.TextContent.Trim()).Order(StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_relay_that_takes_mails_late_is_noticed_until_they_leave_in_time_again()
    {
        var storefront = await portal.StorefrontAsync();
        string[] customers = ["ann@late1.example", "bob@late1.example", "cat@late2.example", "dan@late2.example", "eve@late3.example"];
        foreach (string customer in customers) await portal.AccountAsync(storefront, customer);
        using var manager = await portal.StaffVisitAsync(storefront.OrganizationId, StaffRole.Manager);
        portal.Sink.On(Moment.Rcpt, ServerAct.Say("450 4.3.0 Busy"));
        await AskAsync(storefront, customers);
        foreach (string customer in customers) await portal.DelayedAsync(customer);
        portal.Sink.On(Moment.Rcpt, ServerAct.Behave);
        portal.Clock.Advance(TimeSpan.FromMinutes(3));
        portal.Wake();
        foreach (string customer in customers) await portal.MailsAsync(customer);
        await LookAsync(storefront);
        var banner = (await manager.OpenAsync("/console/weather")).Page.QuerySelector(".weather")!.TextContent;
        banner.ShouldContain("Mails leave late.");
        banner.ShouldContain("Since ");
        banner.ShouldContain("No customer waits.");

        portal.Clock.Advance(TimeSpan.FromMinutes(31));
        await LookAsync(storefront);
        (await manager.OpenAsync("/console/weather")).Page.QuerySelector(".weather").ShouldBeNull();
    }

    [Fact]
    public async Task Days_are_counted_with_why_requests_led_nowhere_and_how_often_the_verdict_was_right()
    {
        var storefront = await portal.StorefrontAsync(SignInPolicy.Storage);
        foreach (string customer in new[] { "ann@days.example", "bob@days.example", "cat@days.example" }) await portal.AccountAsync(storefront, customer);
        using var ann = portal.Visit(storefront);
        await ann.SignInAsync("ann@days.example");
        using var bob = portal.Visit(storefront);
        await bob.AskAsync("bob@days.example");
        string late = await bob.TokenAsync("bob@days.example");
        foreach (string address in new[] { "cat@days.example", "nobody@days.example" })
        {
            using var visit = portal.Visit(storefront);
            await visit.AskAsync(address);
        }
        await portal.MailsAsync("cat@days.example");
        await portal.SettleAsync();
        portal.Clock.Advance(storefront.Policy.RequestLifetime);
        (await bob.GetAsync($"/portal/link/{late}")).Heading.ShouldBe("Link expired");
        await Portal.UntilAsync(async () => await portal.ScalarAsync<long>("select count(*) from sign_in_request where organization_id = @OrganizationId and turned_away_at is not null", new { storefront.OrganizationId }) == 1);
        using var manager = await portal.StaffVisitAsync(storefront.OrganizationId, StaffRole.Manager);
        foreach (string right in new[] { "yes", "yes", "no" })
            await manager.SubmitAsync("/console/why?handler=Judge", ("address", "bob@days.example"), ("storefront", storefront.Slug), ("cause", "LinkExpired"), ("right", right));

        for (int i = 0; i < 2; i++) await portal.Services.GetRequiredService<CountDays>().RunAsync(storefront.OrganizationId, Cancel); // again changes nothing
        var page = await manager.OpenAsync("/console/weather");
        page.Page.QuerySelectorAll("svg.chart").ShouldHaveSingleItem();
        page.Page.QuerySelector("details tbody tr")!.QuerySelectorAll("td").Select(d => d.TextContent).ShouldBe(["4", "3", "2", "1"]); // asked, sent, opened, signed in: this relay reports no deliveries
        var causes = page.Page.QuerySelectorAll("section[aria-labelledby=causes] tbody tr").ToDictionary(r => r.QuerySelector("th")!.TextContent, r => string.Join(' ', r.QuerySelectorAll("td").Select(d => d.TextContent)), StringComparer.Ordinal);
        causes["They opened the link after its time."].ShouldBe("1 3 2");
        causes["Nobody has this address, nor one like it."].ShouldBe("1 0 –");
        causes["The mail was sent and nobody has opened the link."].ShouldBe("1 0 –");
        causes.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Of_several_nodes_one_looks()
    {
        var turns = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => portal.Services.GetRequiredService<TakeTurn>().RunAsync(Cancel)));
        (turns.Count(t => t.Looks), turns.Count(t => t.Counts)).ShouldBe((1, 1));
        portal.Clock.Advance(TimeSpan.FromMinutes(1));
        turns = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => portal.Services.GetRequiredService<TakeTurn>().RunAsync(Cancel)));
        (turns.Count(t => t.Looks), turns.Count(t => t.Counts)).ShouldBe((1, 0));
    }

    private async Task AskAsync(Storefront storefront, params string[] customers)
    {
        foreach (string customer in customers)
        {
            using var visit = portal.Visit(storefront);
            (await visit.AskAsync(customer)).Status.ShouldBe(HttpStatusCode.Redirect);
        }
    }

    private Task LookAsync(Storefront storefront) => portal.Services.GetRequiredService<LookAtWeather>().RunAsync(storefront.OrganizationId, Cancel);
}

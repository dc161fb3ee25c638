using System.Net;
using Latchkey.Platform.Activity;
using Latchkey.Tests.Features.Emails;
using Latchkey.Tests.Rig;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Tests.Features.Activities;

/// <summary>The activity log: what happened, found again by what, who, where and when.</summary>
public sealed class ActivityLogTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task Each_filter_shows_what_it_says()
    {
        using var office = await Office.OpenAsync(portal);
        var sister = await portal.StorefrontAsync(organization: office.Storefront.OrganizationId, name: "Riverbend Boats");
        var ann = await office.CustomerAsync("ann@filters.example", "Ann Archer");
        await HappenedAsync(office, ActivityType.SIGN_IN, "signed in by link", h => h with { AccountId = ann, StorefrontId = office.Storefront.Id });
        await HappenedAsync(office, ActivityType.WEBHOOK, "Mail bounced", h => h with { StorefrontId = sister.Id, Detail = "The recipient’s mailbox is full." });
        await HappenedAsync(office, ActivityType.STAFF, "role changed", h => h with { Actor = "Olivia Owner" });

        (await EventsAsync(office, "")).ShouldBe(["Role changed", "Mail bounced", "Signed in by link"]);
        (await EventsAsync(office, "?type=WEBHOOK")).ShouldBe(["Mail bounced"]);
        (await EventsAsync(office, "?who=olivia")).ShouldBe(["Role changed"]);
        (await EventsAsync(office, "?who=archer")).ShouldBe(["Signed in by link"]);
        (await EventsAsync(office, "?who=ann@filters")).ShouldBe(["Signed in by link"]);
        (await EventsAsync(office, $"?storefront={sister.Id}")).ShouldBe(["Mail bounced"]);
        (await EventsAsync(office, "?q=MAILBOX")).ShouldBe(["Mail bounced"]);
        (await EventsAsync(office, $"?account={ann}")).ShouldBe(["Signed in by link"]);
        (await EventsAsync(office, "?type=SIGN_IN&who=olivia")).ShouldBeEmpty();
        var page = await office.Staff.GetAsync($"/activity?type=WEBHOOK&q=full&storefront={sister.Id}&period=Week");
        page.Page.QuerySelector("#q")!.GetAttribute("value").ShouldBe("full");
        page.Page.QuerySelectorAll(".filters a").Select(a => a.GetAttribute("href")).ShouldContain($"/console/activity?type=BILLING&storefront={sister.Id}&period=Week&q=full");
        (await office.Staff.GetAsync("/activity?type=9&period=x&storefront=1&after=z&q=%00&who=%5C")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task It_shows_the_last_thirty_days_and_says_how_to_see_more()
    {
        using var office = await Office.OpenAsync(portal);
        await portal.Database.WriteAsync(t => portal.Services.GetRequiredService<ActivityLog>().AppendOnceAsync(t, Guid.CreateVersion7(portal.Clock.GetUtcNow().AddDays(-40)),
            new Happened(office.Storefront.OrganizationId, ActivityType.IMPORT, "imported contacts")));

        var page = await office.Staff.GetAsync("/activity");

        page.Text.ShouldContain("Nothing like that has happened in this time.");
        var any = await office.Staff.OpenAsync(page.Page.QuerySelector(".empty a")!.GetAttribute("href")!);
        Events(any).ShouldBe(["Contacts imported"]);
    }

    [Fact]
    public async Task A_row_shows_before_and_after_and_nothing_secret()
    {
        using var office = await Office.OpenAsync(portal);
        await HappenedAsync(office, ActivityType.STAFF, "role changed", h => h with
        {
            Actor = "Olivia Owner",
            Changes = new Dictionary<string, string?[]>(StringComparer.Ordinal) { ["role"] = ["Staff", "<b>Manager</b>"], ["apiKey"] = ["sk_before", "sk_after"] },
        });
        await HappenedAsync(office, ActivityType.SIGN_IN, "limited", h => h with { Detail = "0123456789abcdef" });

        var list = await office.Staff.GetAsync("/activity");
        var row = await office.Staff.OpenAsync(list.Page.QuerySelectorAll("table.list tbody th a")[1].GetAttribute("href")!);

        list.Body.ShouldNotContain("0123456789abcdef");
        row.Page.QuerySelectorAll("table.list tbody tr").Select(r => r.TextContent.Trim()).ShouldBe(["roleStaff<b>Manager</b>", "apiKey••••••"]);
        row.Body.ShouldNotContain("sk_");
        row.Text.ShouldContain("Olivia Owner");
    }

    [Fact]
    public async Task What_belongs_to_one_request_is_found_from_each_of_its_parts()
    {
        using var office = await Office.OpenAsync(portal);
        await office.CustomerAsync("ann@chain.example");
        await office.AskAsync("ann@chain.example");
        portal.Clock.Advance(TimeSpan.FromMinutes(1));
        await office.Staff.PostAsync($"/emails/{await office.NewestAsync("ann@chain.example")}?handler=Resend");
        await portal.MailsAsync("ann@chain.example", 2);
        var mail = await office.NewestAsync("ann@chain.example");
        await HappenedAsync(office, ActivityType.WEBHOOK, "Mail delivered", h => h with { SubjectId = mail });

        var ofMail = await office.Staff.GetAsync($"/activity?subject={mail}");
        var webhook = await office.Staff.OpenAsync(ofMail.Page.QuerySelector("table.list tbody th a")!.GetAttribute("href")!);
        webhook.Page.QuerySelectorAll("table.list a").Select(a => a.GetAttribute("href")).ShouldBe([$"/console/emails/{mail}"]);

        var page = await office.Staff.GetAsync($"/emails/{mail}");
        page.Page.QuerySelectorAll(".timeline strong").Select(s => s.TextContent).ShouldBe(["Queued", "Accepted by the mail server", "Delivered"]);
        var request = await office.Staff.OpenAsync(page.Page.QuerySelectorAll("dl.facts a").Select(a => a.GetAttribute("href")!).Single(h => h.Contains("subject=", StringComparison.Ordinal)));
        Events(request).ShouldBe(["Portal link sent"]);
        var sent = await office.Staff.OpenAsync(request.Page.QuerySelector("table.list tbody th a")!.GetAttribute("href")!);
        sent.Page.QuerySelectorAll("table.list a").Select(a => a.GetAttribute("href")).ShouldContain($"/console/emails/{mail}");
    }

    [Fact]
    public async Task The_file_has_what_the_filter_shows_no_formula_and_is_itself_in_the_log()
    {
        using var office = await Office.OpenAsync(portal);
        using var other = await Office.OpenAsync(portal);
        await HappenedAsync(office, ActivityType.STAFF, "=HYPERLINK(\"http://evil.example\")", h => h with { Actor = "+cmd|' /C calc'!A0", Detail = "@SUM(1)" });
        await HappenedAsync(office, ActivityType.BILLING, "paid");
        await HappenedAsync(other, ActivityType.STAFF, "theirs");

        var file = await office.Staff.PostAsync("/activity?type=STAFF&handler=Csv");

        file.Status.ShouldBe(HttpStatusCode.OK);
        file.Body.ShouldContain(",STAFF,\"'=HYPERLINK(\"\"http://evil.example\"\")\",\"'+cmd|' /C calc'!A0\",,,,\"'@SUM(1)\",");
        file.Body.ShouldNotContain("paid");
        file.Body.ShouldNotContain("theirs");
        (await EventsAsync(office, "?q=exported")).ShouldBe(["Activity log exported"]);
        (await office.ActivitiesAsync("exported the activity log")).ShouldBe(1);
    }

    [Fact]
    public async Task Pages_follow_each_other_without_a_gap()
    {
        using var office = await Office.OpenAsync(portal);
        for (int i = 0; i < 70; i++) await HappenedAsync(office, ActivityType.API, $"call {i}");
        var first = await office.Staff.GetAsync("/activity?type=API");
        var second = await office.Staff.OpenAsync(first.Page.QuerySelector(".pager a[rel=next]")!.GetAttribute("href")!);

        Events(first).Concat(Events(second)).Distinct().Count().ShouldBe(70);
    }

    private static async Task<IReadOnlyList<string>> EventsAsync(Office office, string query) => Events(await office.Staff.GetAsync($"/activity{query}"));

    private static IReadOnlyList<string> Events(Answer page) => [.. page.Page.QuerySelectorAll("table.list tbody th a").Select(a => a.TextContent.Trim())];

    /// <summary>As an operation writes it; a second after the one before.</summary>
    private async Task HappenedAsync(Office office, ActivityType type, string what, Func<Happened, Happened>? more = null)
    {
        portal.Clock.Advance(TimeSpan.FromSeconds(1));
        var happened = new Happened(office.Storefront.OrganizationId, type, what);
        await portal.Database.WriteAsync(t => portal.Services.GetRequiredService<ActivityLog>().AppendAsync(t, more?.Invoke(happened) ?? happened));
    }
}

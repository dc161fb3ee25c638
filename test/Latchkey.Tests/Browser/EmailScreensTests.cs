using Latchkey.Features.Weather;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Staff;
using Latchkey.Tests.Features.Emails;
using Latchkey.Tests.Platform.Mail.Rig;
using Latchkey.Tests.Rig;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Latchkey.Tests.Browser;

/// <summary>The pages of mails, blocked addresses and the activity log, on a phone and a desktop, light and dark.</summary>
[Trait("Engine", "none"), Trait("Category", "Screens")]
public sealed class EmailScreensTests(Rig.Browser browser, Portal portal) : IClassFixture<Portal>
{
    [Theory]
    [MemberData(nameof(Looks.All), MemberType = typeof(Looks))]
    public async Task Every_page_is_accessible_and_fits(int width, ColorScheme scheme)
    {
        using var office = await Office.OpenAsync(portal);
        string name = $"{width}{scheme}".ToLowerInvariant();
        string ann = $"ann@{name}.example", gone = $"gone.for.good.and.with.a.long.name@{name}.example";
        await FillAsync(office, ann, gone);
        await using var visit = await browser.VisitAsync(BrowserLook.Desktop with { Width = width, ColorScheme = scheme, BaseUrl = portal.Url.ToString() });
        await visit.SignInAsync(portal, await portal.StaffAsync(office.Storefront.OrganizationId, StaffRole.Manager, "Max Manager"));

        await ShowAsync("console-facilities", "/console/facilities");
        await ShowAsync("console-emails", $"/console/facilities/{office.Riverside}/emails");
        await ShowAsync("console-emails-none", "/console/emails?q=nobody@nowhere.example&status=Failed");
        await ShowAsync("console-email", $"/console/emails/{await office.NewestAsync(ann)}");
        await ShowAsync("console-email-failed", $"/console/emails/{await office.NewestAsync(gone)}");
        await ShowAsync("console-suppressions", "/console/suppressions");
        await ShowAsync("console-activity", "/console/activity");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Role changed" }).First.ClickAsync();
        await TakeAsync("console-activity-row");
        await NoticeWeatherAsync(office);
        await ShowAsync("console-weather", "/console/weather");
        await visit.Page.GetByText("As a table").ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Tell them when it is over" }).ClickAsync();
        await TakeAsync("console-weather-told");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "See who" }).ClickAsync();
        await TakeAsync("console-weather-who");
        await ShowAsync("console-weather-banner", "/console");
        await ShowAsync("console-emails-french", $"/console/facilities/{office.Riverside}/emails?lang=fr");

        async Task ShowAsync(string picture, string address)
        {
            await visit.Page.GotoAsync(address);
            await TakeAsync(picture);
        }

        Task TakeAsync(string picture) => visit.ShouldShowWellAsync(picture);
    }

    private async Task NoticeWeatherAsync(Office office)
    {
        var (now, organization) = (portal.Clock.GetUtcNow(), office.Storefront.OrganizationId);
        await portal.Services.GetRequiredService<CountDays>().RunAsync(organization, TestContext.Current.CancellationToken);
        await portal.ExecuteAsync("""
            insert into weather (organization_id, id, kind, domain, since, says, waiting, noticed_at) values (@organization, @id, 'DomainSlow', 'outlook.example', @now, '451 4.7.500 Server busy. Please try again later.', 2, @now);
            insert into weather_wait (organization_id, weather_id, account_id, storefront_id, asked_at) select @organization, @id, a.id, a.storefront_id, @now from account a where a.organization_id = @organization;
            update sign_in_day set asked = 64, sent = 63, delivered = 60, opened = 44, signed_in = 41, causes = '{"LinkExpired":7,"NotOpened":12,"UnknownAddress":1}' where organization_id = @organization and day = '2026-11-19';
            update sign_in_day set asked = 118, sent = 117, delivered = 109, opened = 80, signed_in = 77, causes = '{"LinkExpired":9,"NotOpened":20}' where organization_id = @organization and day = '2026-11-20'
            """, new { organization, id = Guid.CreateVersion7(now), now });
    }

    private async Task FillAsync(Office office, string ann, string gone)
    {
        await office.CustomerAsync(ann);
        await office.CustomerAsync(gone, "Gus Gone");
        await office.AskAsync(ann);
        portal.Sink.On(Moment.Rcpt, ServerAct.Say("550 5.1.1 No such user here"), ServerAct.Behave);
        await office.AskAsync(gone);
        await office.WriteAsync(2, i => $"carl{i}@earlier.example", kind: "passkey_notice", subject: "A passkey was added");
        await portal.ExecuteAsync("insert into suppression (organization_id, channel, address, reason, created_at) values (@OrganizationId, 'email', @gone, 'There is no such mailbox. Check the address.', @now)",
            new { office.Storefront.OrganizationId, gone, now = portal.Clock.GetUtcNow() });
        await portal.Database.WriteAsync(t => portal.Services.GetRequiredService<ActivityLog>().AppendAsync(t, new Happened(office.Storefront.OrganizationId, ActivityType.STAFF, "role changed")
        {
            Actor = "Olivia Owner", StorefrontId = office.Storefront.Id, Changes = new Dictionary<string, string?[]>(StringComparer.Ordinal) { ["role"] = ["Staff", "Manager"] },
        }));
    }
}

using Latchkey.Features.Demo;
using Latchkey.Tests.Rig;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Latchkey.Tests.Browser;

/// <summary>Every page of the console as staff see it, on a phone and a desktop, light and dark: accessible, and a picture of each for docs/screens.</summary>
[Trait("Engine", "none"), Trait("Category", "Screens")]
public sealed class ConsoleScreensTests(Rig.Browser browser, PortalWithMailbox portal) : IClassFixture<PortalWithMailbox>
{
    private const string Owner = "owner@northgate.example";

    [Theory]
    [MemberData(nameof(Looks.All), MemberType = typeof(Looks))]
    public async Task Every_page_is_accessible_and_fits(int width, ColorScheme scheme)
    {
        await portal.Services.GetRequiredService<LoadDemo>().RunAsync(TestContext.Current.CancellationToken);
        await using var visit = await browser.VisitAsync(BrowserLook.Desktop with { Width = width, ColorScheme = scheme, BaseUrl = portal.Url.ToString() });
        await visit.Page.GotoAsync("/console");
        await visit.Page.Locator("#email").FillAsync(Owner);
        await visit.Page.Locator("main button.primary").ClickAsync();
        await portal.SettleAsync();
        await visit.ShouldShowWellAsync("console-check-mail");
        await visit.Page.GotoAsync(await portal.LinkAsync(Owner));
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Hi, Olivia" })).ToBeVisibleAsync();

        await visit.ShouldShowWellAsync("console-home");
        await ShowAsync("console-team", "/console/team");
        await ShowAsync("console-settings", "/console/storefronts");
        var storefront = await portal.ScalarAsync<Guid>("select id from storefront where slug = 'northgate'");
        await ShowAsync("console-storefront", $"/console/storefronts/{storefront}");
        await ShowAsync("console-policy", $"/console/storefronts/{storefront}/policy");
        await ShowAsync("console-hosts", $"/console/storefronts/{storefront}/hosts");
        await ShowAsync("console-invoices", "/console/invoices");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "INV-0007" }).ClickAsync();
        await visit.ShouldShowWellAsync("console-invoice");
        await ShowAsync("console-revenue", "/console/revenue");
        await ShowAsync("console-payments", "/console/payments");
        await ShowAsync("console-payment-events", "/console/payments/events");
        await ShowAsync("console-payment-settings", "/console/payments/settings");
        var contact = await portal.ScalarAsync<Guid>("select c.id from contact c join storefront s on s.organization_id = c.organization_id and s.id = c.storefront_id where c.email = 'ann@example.com' and s.slug = 'northgate'");
        await ShowAsync("console-new-invoice", $"/console/invoices/new/{contact}");
        await portal.ExecuteAsync("update subscription set ends_on = '2027-03-03' where contact_id = @contact", new { contact });
        await ShowAsync("console-subscription", $"/console/subscriptions/{await portal.ScalarAsync<Guid>("select id from subscription where contact_id = @contact order by id limit 1", new { contact })}");
        await ShowAsync("console-logo", $"/console/storefronts/{storefront}/logo");
        await ShowAsync("console-retention", "/console/retention");
        await ShowAsync("console-mail-provider", "/console/mail-provider?provider=postmark");
        await ShowAsync("console-webhooks", "/console/webhooks");
        await ShowAsync("console-why", "/console/why?address=ann@example.com");
        await ShowAsync("console-why-near", "/console/why?address=ann@exmaple.com");
        await ImportAsync();
        portal.Clock.Advance(TimeSpan.FromHours(1)); // the next look asks again

        async Task ImportAsync()
        {
            await visit.Page.GotoAsync("/console/import");
            await visit.Page.Locator("#storefront").SelectOptionAsync("Northgate Storage");
            await visit.Page.Locator("#file").SetInputFilesAsync(new FilePayload
            {
                Name = "customers.csv", MimeType = "text/csv", Buffer = "Name,Email,Remark\nNed New,ned@new.example,Friend of Ann\nNobody,not an address,\n"u8.ToArray(),
            });
            await visit.Page.Locator("main button.primary").ClickAsync();
            await Expect(visit.Page.Locator("#column-0")).ToBeVisibleAsync();
            await visit.ShouldShowWellAsync("console-import-columns");
            await visit.Page.Locator("form.card button.primary").ClickAsync();
            await Expect(visit.Page.Locator("dl.facts, .chip.success")).ToBeVisibleAsync(new() { Timeout = 20_000 });
            await visit.Page.ReloadAsync();
            await visit.ShouldShowWellAsync("console-import-checked");
            await ShowAsync("console-import", "/console/import");
        }

        async Task ShowAsync(string name, string address)
        {
            await visit.Page.GotoAsync(address);
            await visit.ShouldShowWellAsync(name);
        }
    }
}

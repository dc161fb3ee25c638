using System.Net;
using Latchkey.Features.Weather;
using Latchkey.Platform.Mail.Providers;
using Latchkey.Platform.Staff;
using Latchkey.Tests.Platform.Mail.Providers.Rig;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Tests.Features.Weather;

/// <summary>The provider takes every mail, and tells nothing any more.</summary>
public sealed class ProviderThatStopsReportingTests(PortalWithProviders portal) : IClassFixture<PortalWithProviders>
{
    [Fact]
    public async Task Is_noticed_and_it_is_over_with_the_next_report()
    {
        var storefront = await portal.StorefrontWithAsync(MailProviderName.Postmark);
        using var manager = await portal.StaffVisitAsync(storefront.OrganizationId, StaffRole.Manager);
        string last = await MailAsync();
        await ReportAsync(last);
        for (int i = 0; i < 10; i++)
        {
            portal.Clock.Advance(TimeSpan.FromSeconds(20));
            last = await MailAsync();
        }
        (await BannerAsync()).ShouldBeNull(); // a moment's silence is nothing

        portal.Clock.Advance(TimeSpan.FromMinutes(31));
        var banner = (await BannerAsync()).ShouldNotBeNull();
        banner.ShouldContain("The mail provider has stopped reporting what becomes of mails.");
        banner.ShouldContain("Since ");
        banner.ShouldContain("No customer waits.");
        banner.ShouldContain("Check the address of the webhook in the provider’s console.");

        await ReportAsync(last);
        (await BannerAsync()).ShouldBeNull();

        async Task<string> MailAsync()
        {
            string to = Mailing.NewAddress();
            await portal.SentMailAsync(await portal.MailAsync(storefront, to));
            return to;
        }

        async Task ReportAsync(string to)
        {
            var fake = portal.Fake[MailProviderName.Postmark];
            (await portal.ReportAsync(MailProviderName.Postmark, storefront.OrganizationId, fake.Report(fake.Mails.Single(m => m.To == to).Reported(), Told.Delivered))).ShouldBe(HttpStatusCode.OK);
        }

        async Task<string?> BannerAsync()
        {
            await portal.Services.GetRequiredService<LookAtWeather>().RunAsync(storefront.OrganizationId, TestContext.Current.CancellationToken);
            return (await manager.OpenAsync("/console/weather")).Page.QuerySelector(".weather")?.TextContent;
        }
    }
}

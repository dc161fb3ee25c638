using System.Net;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Mail.Providers;
using Latchkey.Platform.Staff;
using Latchkey.Tests.Platform.Mail.Providers.Rig;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Features.MailDelivery;

public sealed class MailProviderPageTests(PortalWithProviders portal) : IClassFixture<PortalWithProviders>
{
    private const string Page = "/console/mail-provider";

    [Fact]
    public async Task An_owner_chooses_a_provider_never_sees_its_key_again_and_tries_it()
    {
        var storefront = await portal.StorefrontAsync();
        string email = await portal.StaffAsync(storefront.OrganizationId, StaffRole.Owner);
        using var owner = portal.Visit(portal.Console);
        await owner.SignInAsync(email);
        var account = portal.Fake[MailProviderName.Mailgun].Account;
        string apiKey = account["ApiKey"];

        (await owner.OpenAsync(Page)).Page.QuerySelector(".filters [aria-current]")!.TextContent.ShouldBe("As the installation");
        var form = await owner.OpenAsync($"{Page}?provider=mailgun");
        form.Page.QuerySelector("#hook-address")!.TextContent.ShouldEndWith($"/hooks/mail/mailgun/{storefront.OrganizationId}");
        var wrong = await owner.SubmitAsync(Page, ("provider", "mailgun"), ("ApiKey", apiKey), ("Domain", "not a domain"), ("Region", "moon"));
        wrong.Status.ShouldBe(HttpStatusCode.BadRequest);
        wrong.Page.QuerySelector("#Domain")!.GetAttribute("value").ShouldBe("not a domain", "what was typed stays");
        wrong.Page.QuerySelectorAll("[role=alert] a").Length.ShouldBeGreaterThan(0);
        (await owner.SubmitAsync(Page, ("provider", "mailgun"))).Text.ShouldContain("API key is missing.");
        (await portal.ScalarAsync<long>("select count(*) from mail_provider where organization_id = @OrganizationId", new { storefront.OrganizationId })).ShouldBe(0);

        var fields = account.Select(f => (f.Key, f.Value)).Append(("provider", "mailgun")).ToArray();
        (await owner.SubmitAsync(Page, fields)).Location.ShouldBe($"{Page}?saved");
        var saved = await owner.OpenAsync(Page);
        saved.Page.QuerySelector("#Domain")!.GetAttribute("value").ShouldBe(account["Domain"]);
        foreach (string secret in new[] { "ApiKey", "WebhookKey" }) saved.Body.ShouldNotContain(account[secret]);
        saved.Text.ShouldContain("Leave it empty to keep it.");

        // The key is kept when it is not typed again: mail still leaves.
        (await owner.SubmitAsync(Page, [.. fields.Where(f => f.Item1 is "provider" or "Domain" or "Region")])).Location.ShouldBe($"{Page}?saved");
        string sent = (await owner.SubmitAsync($"{Page}?handler=Test", ("storefront", storefront.Id.ToString()))).Location.ShouldNotBeNull();
        await portal.SentMailAsync(Guid.Parse(sent.Split('/')[^1]));
        portal.Fake[MailProviderName.Mailgun].Mails.ShouldContain(m => m.To == email);
        (await owner.OpenAsync(sent)).Heading.ShouldBe("A test from Riverbend Storage");
        (await owner.SubmitAsync($"{Page}?handler=Test", ("storefront", storefront.Id.ToString()))).Status.ShouldBe(HttpStatusCode.BadRequest, "not twice in a moment");

        (await owner.SubmitAsync(Page, ("provider", ""))).Location.ShouldBe($"{Page}?saved");
        (await owner.OpenAsync(Page)).Page.QuerySelector(".filters [aria-current]")!.TextContent.ShouldBe("As the installation");
        using var manager = await portal.StaffVisitAsync(storefront.OrganizationId, StaffRole.Manager);
        (await manager.OpenAsync(Page)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_report_that_was_left_is_found_read_without_its_addresses_and_replayed()
    {
        var storefront = await portal.StorefrontWithAsync(MailProviderName.Postmark);
        var key = new MessageKey(storefront.OrganizationId, Guid.CreateVersion7());
        await portal.ReportAsync(MailProviderName.Postmark, storefront.OrganizationId,
            portal.Fake[MailProviderName.Postmark].Report(new ReportedMail("unknown", "ann@example.com", key.ToString()), Told.Bounced));
        using var manager = await portal.StaffVisitAsync(storefront.OrganizationId, StaffRole.Manager, "Max Manager");

        (await manager.OpenAsync("/console/webhooks?state=Done")).Text.ShouldContain("There is none in this state.");
        var list = await manager.OpenAsync("/console/webhooks?state=Unmatched&provider=postmark");
        string address = list.Page.QuerySelector("table.list tbody th a")!.GetAttribute("href")!;
        var left = await manager.OpenAsync(address);
        left.Page.QuerySelector("pre")!.TextContent.ShouldContain(key.MailId.ToString("n")[..8]);
        left.Body.ShouldNotContain("ann@example.com");

        (await manager.SubmitAsync($"{address}?handler=Replay")).Location.ShouldBe($"{address}?replayed");
        await portal.WorkedOffAsync(storefront.OrganizationId);
        (await portal.ScalarAsync<string>("select actor from activity where organization_id = @OrganizationId and event = 'replayed a webhook'", new { storefront.OrganizationId })).ShouldBe("Max Manager");
        using var viewer = await portal.StaffVisitAsync(storefront.OrganizationId, StaffRole.Staff);
        (await viewer.OpenAsync(address)).Page.QuerySelector("main form").ShouldBeNull();
    }
}

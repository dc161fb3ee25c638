using System.Text;
using Latchkey.Features.MailDelivery;
using Latchkey.Platform.Mail.Providers;
using Latchkey.Platform.Tenancy;
using Latchkey.Tests.Platform.Mail.Providers.Rig;
using Latchkey.Tests.Platform.Mail.Rig;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Tests.Platform.Mail.Providers;

public sealed class ChoosingAProviderTests(PortalWithProviders portal) : IClassFixture<PortalWithProviders>
{
    [Fact]
    public async Task An_organization_without_one_sends_as_the_installation_does_and_so_it_does_again_afterwards()
    {
        var (storefront, first, second, third) = (await portal.StorefrontAsync(), Mailing.NewAddress(), Mailing.NewAddress(), Mailing.NewAddress());
        await portal.SentMailAsync(await portal.MailAsync(storefront, first));
        (await ChooseAsync(storefront, MailProviderName.Resend, portal.Fake.Resend.Account)).ShouldBeNull();
        await portal.SentMailAsync(await portal.MailAsync(storefront, second));
        (await ChooseAsync(storefront, null, [])).ShouldBeNull();
        await portal.SentMailAsync(await portal.MailAsync(storefront, third));

        portal.Sink.Mails.Count(m => m.To.Contains(first, StringComparison.Ordinal) || m.To.Contains(third, StringComparison.Ordinal)).ShouldBe(2);
        portal.Fake.Resend.Mails.Select(m => m.To).Where(to => to == first || to == second || to == third).ShouldBe([second]);
        (await portal.ScalarAsync<string>("select min(actor || ': ' || detail) || ', ' || max(actor || ': ' || detail) from activity where organization_id = @o and event = 'chose the mail provider'", new { o = storefront.OrganizationId }))
            .Split(", ").ShouldBe(["Olive Owner: Resend", "Olive Owner: as the installation"], ignoreOrder: true);
    }

    [Theory]
    [InlineData(MailProviderName.Postmark)]
    [InlineData(MailProviderName.Ses)]
    [InlineData(MailProviderName.SendGrid)]
    [InlineData(MailProviderName.Mailgun)]
    [InlineData(MailProviderName.Resend)]
    public async Task Its_keys_are_sealed_in_the_database(MailProviderName provider)
    {
        var storefront = await portal.StorefrontWithAsync(provider);

        var stored = Encoding.Latin1.GetString(await portal.ScalarAsync<byte[]>("select settings from mail_provider where organization_id = @o", new { o = storefront.OrganizationId }));
        foreach (var value in portal.Fake[provider].Account.Values.Where(v => v.Length > 5)) stored.ShouldNotContain(value);
        portal.Log.ShouldNotContain(l => l.Contains("-secret", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(MailProviderName.Postmark, "ServerToken", "", "Postmark__ServerToken is missing")]
    [InlineData(MailProviderName.Postmark, "WebhookUser", "", "go together")]
    [InlineData(MailProviderName.Postmark, "ServerToken", "top secret", "Postmark__ServerToken must be one word")]
    [InlineData(MailProviderName.Postmark, "ServerToken", "topsecret\r\nX-Evil: 1", "Postmark__ServerToken must be one word")]
    [InlineData(MailProviderName.Postmark, "ApiBase", "http://169.254.169.254", "Postmark has no setting ApiBase")]
    [InlineData(MailProviderName.Ses, "Region", "us-east-1.evil.example/", "Ses__Region must be")]
    [InlineData(MailProviderName.Ses, "TopicArns", "topsecret", "Ses__TopicArns must be")]
    [InlineData(MailProviderName.SendGrid, "WebhookKey", "topsecret", "SendGrid__WebhookKey must be")]
    [InlineData(MailProviderName.SendGrid, "Region", "moon", "SendGrid__Region must be")]
    [InlineData(MailProviderName.Mailgun, "Domain", "mg.example.com/../x", "Mailgun__Domain must be")]
    [InlineData(MailProviderName.Mailgun, "Region", "moon", "Mailgun__Region must be")]
    [InlineData(MailProviderName.Resend, "WebhookSecret", "whsec_topsecret", "Resend__WebhookSecret must be")]
    [InlineData(MailProviderName.Resend, "ApiKey", "", "Resend__ApiKey is missing")]
    public async Task What_could_not_work_is_refused_with_what_to_write_instead_and_nothing_changes(MailProviderName provider, string field, string value, string says)
    {
        var (storefront, account) = (await portal.StorefrontAsync(), portal.Fake[provider].Account);
        account[field] = value;

        var problem = (await ChooseAsync(storefront, provider, account)).ShouldNotBeNull();

        problem.ShouldContain(says);
        problem.ShouldNotContain("topsecret");
        problem.ShouldNotContain("top secret");
        (await portal.ScalarAsync<long>("select count(*) from mail_provider where organization_id = @o", new { o = storefront.OrganizationId })).ShouldBe(0);
    }

    [Fact]
    public async Task Settings_sealed_under_another_key_make_mail_wait_and_say_so()
    {
        var storefront = await portal.StorefrontAsync();
        await portal.ExecuteAsync("insert into mail_provider (organization_id, provider, settings, updated_at) values (@o, 'resend', @settings, @now)",
            new { o = storefront.OrganizationId, settings = new byte[64], now = portal.Clock.GetUtcNow() });

        var row = await portal.MailRowAsync(await portal.MailAsync(storefront, Mailing.NewAddress()), r => r.Reply is not null);

        (row.State, row.Reason).ShouldBe(("queued", "The settings of the mail provider cannot be read. Enter them again."));
        portal.Log.ShouldContain(l => l.Contains($"organization {storefront.OrganizationId} cannot be read", StringComparison.Ordinal));
    }

    Task<string?> ChooseAsync(Storefront storefront, MailProviderName? provider, Dictionary<string, string> fields) =>
        portal.Services.GetRequiredService<ChooseMailProvider>().RunAsync(storefront.OrganizationId, provider, fields, "Olive Owner");
}

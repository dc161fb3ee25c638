using Latchkey.Platform.Mail;
using Latchkey.Platform.Mail.Providers;
using Latchkey.Tests.Platform.Mail.Providers.Rig;
using Latchkey.Tests.Platform.Mail.Rig;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Tests.Platform.Mail.Providers;

public sealed class ProvidersInTroubleTests(PortalWithProviders portal) : IClassFixture<PortalWithProviders>
{
    public static TheoryData<MailProviderName> All => [.. Enum.GetValues<MailProviderName>()];

    [Theory]
    [MemberData(nameof(All))]
    public async Task An_address_that_the_provider_does_not_take_fails_at_once(MailProviderName provider)
    {
        var id = await portal.MailAsync(await portal.StorefrontWithAsync(provider), Mailing.NewAddress("bad"));

        var row = await portal.MailRowAsync(id, r => r.State == "failed");
        (row.Status, row.Attempts, row.Reason).ShouldBe((MailStatus.Failed, 1, "The mail provider does not take this address. Check it."));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_busy_provider_is_asked_again_later(MailProviderName provider)
    {
        var (storefront, to) = (await portal.StorefrontWithAsync(provider), Mailing.NewAddress());
        portal.Fake[provider].On(to, MailAct.Say(429), MailAct.Say(503), MailAct.BreakBeforeTaking);
        var id = await portal.MailAsync(storefront, to);
        foreach (var reason in new[] { "The mail provider asks us to send more slowly.", "The mail provider has a problem of its own at the moment.", "The mail provider could not be reached." })
        {
            (await portal.MailRowAsync(id, row => row.Reason == reason)).Status.ShouldBe(MailStatus.Delayed);
            portal.TurnClock(TimeSpan.FromMinutes(1));
        }

        (await portal.SentMailAsync(id)).Status.ShouldBe(MailStatus.Sent);
        portal.Fake[provider].Mails.Count(m => m.To == to).ShouldBe(1);
    }

    [Theory]
    [InlineData(MailProviderName.Postmark, "ServerToken")]
    [InlineData(MailProviderName.Ses, "SecretAccessKey")]
    [InlineData(MailProviderName.SendGrid, "ApiKey")]
    [InlineData(MailProviderName.Mailgun, "ApiKey")]
    [InlineData(MailProviderName.Resend, "ApiKey")]
    public async Task A_key_that_is_wrong_makes_mail_wait_and_names_the_setting(MailProviderName provider, string field)
    {
        var storefront = await portal.StorefrontAsync();
        var account = portal.Fake[provider].Account;
        account[field] = "a-wrong-secret";
        (await portal.Services.GetRequiredService<Latchkey.Features.MailDelivery.ChooseMailProvider>().RunAsync(storefront.OrganizationId, provider, account, "Olive Owner")).ShouldBeNull();

        var row = await DelayedAsync(await portal.MailAsync(storefront, Mailing.NewAddress()));

        row.Status.ShouldBe(MailStatus.Delayed);
        row.Reason.ShouldNotBeNull().ShouldContain($"{provider}__{field}");
        portal.Log.ShouldContain(l => l.StartsWith($"Error: {provider} refuses us", StringComparison.Ordinal));
        portal.Log.ShouldNotContain(l => l.Contains("a-wrong-secret", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_mail_that_was_reported_on_is_not_sent_again(MailProviderName provider)
    {
        var (storefront, to) = (await portal.StorefrontWithAsync(provider), Mailing.NewAddress());
        portal.Fake[provider].On(to, MailAct.BreakAfterTaking);
        var id = await portal.MailAsync(storefront, to);
        await DelayedAsync(id);
        await portal.ReportAsync(provider, storefront.OrganizationId, portal.Fake[provider].Report(portal.Fake[provider].Mails.Single(m => m.To == to).Reported(), Told.Delivered));

        portal.TurnClock(TimeSpan.FromMinutes(1));

        (await portal.SentMailAsync(id)).Status.ShouldBe(MailStatus.Delivered);
        portal.Fake[provider].Asked.Count(a => a == to).ShouldBe(1);
    }

    [Theory]
    [InlineData(MailProviderName.Postmark, 422, "{\"ErrorCode\":400,\"Message\":\"\"}", MailReason.SenderNotVerified)]
    [InlineData(MailProviderName.Postmark, 422, "{\"ErrorCode\":405,\"Message\":\"\"}", MailReason.QuotaUsedUp)]
    [InlineData(MailProviderName.Postmark, 422, "{\"ErrorCode\":412,\"Message\":\"\"}", MailReason.AccountPaused)]
    [InlineData(MailProviderName.SendGrid, 403, "{\"errors\":[{\"message\":\"The from address does not match a verified Sender Identity\",\"field\":\"from\"}]}", MailReason.SenderNotVerified)]
    [InlineData(MailProviderName.SendGrid, 401, "{\"errors\":[{\"message\":\"Maximum credits exceeded\",\"field\":null}]}", MailReason.QuotaUsedUp)]
    [InlineData(MailProviderName.Mailgun, 404, "{\"message\":\"Domain not found\"}", MailReason.MailgunDomain)]
    [InlineData(MailProviderName.Mailgun, 400, "{\"message\":\"from parameter is not a valid address\"}", MailReason.SenderNotVerified)]
    [InlineData(MailProviderName.Resend, 429, "{\"statusCode\":429,\"name\":\"daily_quota_exceeded\",\"message\":\"\"}", MailReason.QuotaUsedUp)]
    [InlineData(MailProviderName.Resend, 403, "{\"statusCode\":403,\"name\":\"validation_error\",\"message\":\"The domain is not verified\"}", MailReason.SenderNotVerified)]
    [InlineData(MailProviderName.Resend, 422, "{\"statusCode\":422,\"name\":\"validation_error\",\"message\":\"Invalid `from` field\"}", MailReason.SenderNotVerified)]
    [InlineData(MailProviderName.Resend, 502, "<h1>Bad gateway</h1>", MailReason.ProviderInTrouble)]
    public async Task What_is_wrong_with_our_account_makes_mail_wait(MailProviderName provider, int status, string json, MailReason reason)
    {
        var (storefront, to) = (await portal.StorefrontWithAsync(provider), Mailing.NewAddress());
        portal.Fake[provider].On(to, MailAct.Say(status, json));

        (await DelayedAsync(await portal.MailAsync(storefront, to))).Reason.ShouldBe(MailReasons.English(reason));
    }

    Task<SentRow> DelayedAsync(Guid id) => portal.MailRowAsync(id, row => row.State == "queued" && row.Reply is not null);
}

public sealed class ProvidersThatAreSilentTests(ProvidersThatAreSilentTests.ImpatientPortal portal) : IClassFixture<ProvidersThatAreSilentTests.ImpatientPortal>
{
    [Fact]
    public async Task Resend_is_never_made_to_send_twice()
    {
        var (storefront, to) = (await portal.StorefrontWithAsync(MailProviderName.Resend), Mailing.NewAddress());
        portal.Fake.Resend.On(to, MailAct.HangAfterTaking);
        var id = await portal.MailAsync(storefront, to);
        await portal.MailRowAsync(id, row => row.Reason == "The mail provider did not answer in time.");

        portal.TurnClock(TimeSpan.FromMinutes(1));

        (await portal.SentMailAsync(id)).ProviderId.ShouldBe(portal.Fake.Resend.Mails.Single(m => m.To == to).Id);
        portal.Fake.Resend.Asked.Count(a => a == to).ShouldBe(2);
    }

    public sealed class ImpatientPortal : PortalWithProviders
    {
        protected override TimeSpan Patience => TimeSpan.FromSeconds(5);
    }
}

using Latchkey.Features.SuppressedAddresses;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Mail.Providers;
using Latchkey.Platform.Tenancy;
using Latchkey.Tests.Platform.Mail.Providers.Rig;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Tests.Platform.Mail.Providers;

public sealed class SuppressedAddressTests(PortalWithProviders portal) : IClassFixture<PortalWithProviders>
{
    [Theory]
    [InlineData(MailProviderName.Postmark)]
    [InlineData(MailProviderName.Ses)]
    public async Task The_next_mail_fails_at_once_with_the_reason_and_other_organizations_go_on(MailProviderName provider)
    {
        var (storefront, to) = await BouncedAsync(provider);

        var row = await portal.MailRowAsync(await portal.MailAsync(storefront, to.ToUpperInvariant()), r => r.State == "failed");

        (row.Status, row.Reason).ShouldBe((MailStatus.Failed, "There is no such mailbox. Check the address."));
        portal.Fake[provider].Asked.Count(a => a.Equals(to, StringComparison.OrdinalIgnoreCase)).ShouldBe(1);
        await portal.SentMailAsync(await portal.MailAsync(await portal.StorefrontWithAsync(provider), to));
    }

    [Fact]
    public async Task It_holds_for_mail_by_SMTP_too()
    {
        var (storefront, to) = (await portal.StorefrontAsync(), Mailing.NewAddress());
        await portal.Database.WriteAsync(t => portal.Services.GetRequiredService<Suppressions>().AddAsync(t, storefront.OrganizationId, MailChannel.Email, to, "Asked for no more."));

        (await portal.MailRowAsync(await portal.MailAsync(storefront, to), r => r.State == "failed")).Reason.ShouldBe("Asked for no more.");
    }

    [Fact]
    public async Task What_Postmark_calls_inactive_is_suppressed_here()
    {
        var (storefront, to) = (await portal.StorefrontWithAsync(MailProviderName.Postmark), Mailing.NewAddress("inactive"));
        var reason = MailReasons.English(MailReason.OnProvidersList);

        (await portal.MailRowAsync(await portal.MailAsync(storefront, to), r => r.State == "failed")).Reason.ShouldBe(reason);
        (await portal.Services.GetRequiredService<Suppressions>().ReasonAsync(storefront.OrganizationId, MailChannel.Email, to)).ShouldBe(reason);
    }

    [Theory]
    [InlineData(MailProviderName.Postmark, "outbound {0}")]
    [InlineData(MailProviderName.SendGrid, "bounces {0}")]
    [InlineData(MailProviderName.Mailgun, "bounces {0}")]
    [InlineData(MailProviderName.Resend, null)]
    public async Task Lifting_it_takes_the_address_off_the_providers_list_and_lets_mail_go_again(MailProviderName provider, string? lifted)
    {
        var (storefront, to) = await BouncedAsync(provider);

        (await LiftAsync(storefront, to)).ShouldBe(LiftOutcome.Lifted);

        if (lifted is not null) portal.Fake[provider].Lifted.ShouldContain(string.Format(lifted, to));
        await portal.SentMailAsync(await portal.MailAsync(storefront, to));
        (await portal.ScalarAsync<string>("select actor || ': ' || detail from activity where organization_id = @o and event = 'lifted a suppression'", new { o = storefront.OrganizationId }))
            .ShouldBe("Mona Manager: There is no such mailbox. Check the address.");
        (await LiftAsync(storefront, to)).ShouldBe(LiftOutcome.NotSuppressed);
    }

    [Fact]
    public async Task While_the_provider_keeps_the_address_on_its_list_we_do_too()
    {
        var (storefront, to) = await BouncedAsync(MailProviderName.SendGrid);
        var account = portal.Fake[MailProviderName.SendGrid].Account;
        account["ApiKey"] = "SG.wrong";
        await portal.Services.GetRequiredService<Latchkey.Features.MailDelivery.ChooseMailProvider>().RunAsync(storefront.OrganizationId, MailProviderName.SendGrid, account, "Olive Owner");

        (await LiftAsync(storefront, to)).ShouldBe(LiftOutcome.ProviderDidNot);
        (await portal.Services.GetRequiredService<Suppressions>().ReasonAsync(storefront.OrganizationId, MailChannel.Email, to)).ShouldNotBeNull();
    }

    Task<LiftOutcome> LiftAsync(Storefront storefront, string to) =>
        portal.Services.GetRequiredService<LiftSuppression>().RunAsync(storefront.OrganizationId, MailChannel.Email, to, null, "Mona Manager");

    async Task<(Storefront, string)> BouncedAsync(MailProviderName provider)
    {
        var (storefront, to) = (await portal.StorefrontWithAsync(provider), Mailing.NewAddress());
        await portal.SentMailAsync(await portal.MailAsync(storefront, to));
        await portal.ReportAsync(provider, storefront.OrganizationId, portal.Fake[provider].Report(portal.Fake[provider].Mails.Single(m => m.To == to).Reported(), Told.Bounced));
        return (storefront, to);
    }
}

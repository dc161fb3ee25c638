using System.Net;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Mail.Providers;
using Latchkey.Tests.Platform.Mail.Providers.Rig;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Tests.Platform.Mail.Providers;

public sealed class TheInstallationsProviderTests(TheInstallationsProviderTests.PortalOfMailgun portal) : IClassFixture<TheInstallationsProviderTests.PortalOfMailgun>
{
    [Fact]
    public async Task It_serves_every_organization_that_has_none_of_its_own()
    {
        var fake = portal.Fake[MailProviderName.Mailgun];
        foreach (var storefront in new[] { await portal.StorefrontAsync(), await portal.StorefrontAsync() })
        {
            var to = Mailing.NewAddress();
            var id = await portal.MailAsync(storefront, to);
            await portal.SentMailAsync(id);

            (await portal.ReportAsync(MailProviderName.Mailgun, Guid.Empty, fake.Report(fake.Mails.Single(m => m.To == to).Reported() with { Key = null }, Told.Delivered))).ShouldBe(HttpStatusCode.OK);

            (await portal.MailRowAsync(id, _ => true)).Status.ShouldBe(MailStatus.Delivered);
        }
    }

    [Fact]
    public async Task An_organization_may_have_another()
    {
        var (storefront, to) = (await portal.StorefrontWithAsync(MailProviderName.Resend), Mailing.NewAddress());
        await portal.SentMailAsync(await portal.MailAsync(storefront, to));

        portal.Fake.Resend.Mails.ShouldContain(m => m.To == to);
        portal.Fake[MailProviderName.Mailgun].Asked.ShouldNotContain(to);
    }

    [Fact]
    public async Task Its_address_is_not_an_organizations_nor_another_providers()
    {
        var post = portal.Fake[MailProviderName.Mailgun].Report(new ReportedMail("x", "ann@example.com", null), Told.Delivered);

        (await portal.PostAsync(MailProviderName.Mailgun, (await portal.StorefrontAsync()).OrganizationId, post)).ShouldBe(HttpStatusCode.NotFound);
        (await portal.PostAsync(MailProviderName.Postmark, Guid.Empty, post)).ShouldBe(HttpStatusCode.NotFound);
    }

    public sealed class PortalOfMailgun : PortalOf
    {
        internal override MailProviderName Provider => MailProviderName.Mailgun;
    }
}

[Trait("Engine", "none")]
public sealed class SettingsOfTheInstallationsProviderTests
{
    [Theory]
    [InlineData("Mail__Provider must be one of postmark, ses, sendgrid, mailgun, resend.", "Mail:Provider=pigeon")]
    [InlineData("Mail__Provider must be one of postmark, ses, sendgrid, mailgun, resend.", "Mail:Provider=0")]
    [InlineData("Resend__ApiKey is missing: mail cannot be sent without it.", "Mail:Provider=resend")]
    [InlineData("Resend__ApiBase must be an https:// address: the key goes there.", "Mail:Provider=resend", "Resend:ApiKey=re_x", "Resend:ApiBase=http://api.example")]
    [InlineData("Mailgun__Domain is missing: mail cannot be sent without it.", "Mail:Provider=mailgun", "Mailgun:ApiKey=x")]
    public void A_setting_that_makes_no_sense_says_so(string says, params string[] settings) =>
        Should.Throw<FormatException>(() => Open(settings)).Message.ShouldBe(says);

    [Fact]
    public void Two_ways_at_once_are_one_too_many() =>
        Should.Throw<FormatException>(() => Latchkey.Hosting.PortalHost.Build(["--Mail:Provider=resend", "--Mail:Smtp=smtp://localhost:25"])).Message.ShouldBe("Mail__Smtp and Mail__Provider are both set: mail leaves by one of them.");

    [Fact]
    public void With_none_there_is_none() => Open([]).ShouldBeNull();

    static IMailProvider? Open(string[] settings) => new MailAccounts(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => s.Split('=', 2)).Select(s => KeyValuePair.Create(s[0], (string?)s[1]))).Build(), null!).Installation;
}

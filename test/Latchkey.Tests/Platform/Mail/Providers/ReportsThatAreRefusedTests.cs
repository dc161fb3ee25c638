using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Mail.Providers;
using Latchkey.Tests.Platform.Mail.Providers.Rig;

namespace Latchkey.Tests.Platform.Mail.Providers;

public sealed class ReportsThatAreRefusedTests(PortalWithProviders portal) : IClassFixture<PortalWithProviders>
{
    static readonly Dictionary<MailProviderName, HttpStatusCode> Refusal = new()
    {
        [MailProviderName.Postmark] = HttpStatusCode.Unauthorized, [MailProviderName.Ses] = HttpStatusCode.Forbidden, [MailProviderName.SendGrid] = HttpStatusCode.Forbidden,
        [MailProviderName.Mailgun] = HttpStatusCode.NotAcceptable, [MailProviderName.Resend] = HttpStatusCode.Forbidden,
    };

    public static TheoryData<MailProviderName> All => [.. Enum.GetValues<MailProviderName>()];

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_report_without_its_proof_changes_nothing_and_leaves_one_line_in_the_log(MailProviderName provider)
    {
        var (id, organization, post) = await BouncedAsync(provider);
        var before = portal.Log.Count(l => l.Contains($"in the name of {provider} was refused", StringComparison.Ordinal));

        (await portal.PostAsync(provider, organization, Unsigned(provider, post))).ShouldBe(Refusal[provider]);

        portal.Log.Count(l => l.Contains($"in the name of {provider} was refused", StringComparison.Ordinal)).ShouldBe(before + 1);
        await NothingHappenedAsync(id);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_report_proved_by_another_organizations_secret_is_refused(MailProviderName provider)
    {
        var (id, organization, post) = await BouncedAsync(provider);
        using var stranger = new FakeSes(portal.Clock);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var forged = provider switch
        {
            MailProviderName.Postmark => post.With("Authorization", FakePostmark.Basic("latchkey", "another password")),
            MailProviderName.Ses => stranger.Notification("{}"),
            MailProviderName.SendGrid => FakeSendGrid.Sign(post.Body, portal.Clock.GetUtcNow(), key),
            MailProviderName.Mailgun => FakeMailgun.Sign(JsonNode.Parse(post.Body)!["event-data"]!, portal.Clock.GetUtcNow(), "another key"),
            MailProviderName.Resend => FakeResend.Sign(post.Body, portal.Clock.GetUtcNow(), RandomNumberGenerator.GetBytes(32)),
        };

        (await portal.PostAsync(provider, organization, forged)).ShouldBe(Refusal[provider]);
        await NothingHappenedAsync(id);
    }

    [Theory]
    [InlineData(MailProviderName.Ses)]
    [InlineData(MailProviderName.SendGrid)]
    [InlineData(MailProviderName.Mailgun)]
    [InlineData(MailProviderName.Resend)]
    public async Task An_old_report_is_refused(MailProviderName provider)
    {
        var (id, organization, post) = await BouncedAsync(provider);
        var now = portal.Clock.GetUtcNow();
        var old = provider switch
        {
            MailProviderName.Ses => portal.Fake.Ses.Notification(JsonNode.Parse(post.Body)!["Message"]!.GetValue<string>(), at: now.AddMinutes(-61)),
            MailProviderName.SendGrid => portal.Fake.SendGrid.Old(post),
            MailProviderName.Mailgun => FakeMailgun.Sign(JsonNode.Parse(post.Body)!["event-data"]!, now.AddMinutes(-16)),
            _ => FakeResend.Sign(post.Body, now.AddMinutes(-6)),
        };

        (await portal.PostAsync(provider, organization, old)).ShouldBe(Refusal[provider]);
        await NothingHappenedAsync(id);
    }

    [Theory]
    [InlineData(MailProviderName.SendGrid)]
    [InlineData(MailProviderName.Resend)]
    [InlineData(MailProviderName.Ses)]
    public async Task A_report_that_was_changed_on_the_way_is_refused(MailProviderName provider)
    {
        var (id, organization, post) = await BouncedAsync(provider);
        var changed = post with { Body = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(post.Body).Replace("5.1.1", "5.1.2", StringComparison.Ordinal)) };

        (await portal.PostAsync(provider, organization, changed)).ShouldBe(Refusal[provider]);
        await NothingHappenedAsync(id);
    }

    [Fact]
    public async Task A_token_of_Mailgun_is_good_for_one_event_only()
    {
        var (id, organization, post) = await BouncedAsync(MailProviderName.Mailgun);
        (await portal.ReportAsync(MailProviderName.Mailgun, organization, post)).ShouldBe(HttpStatusCode.OK);
        var other = JsonNode.Parse(post.Body)!;
        other["event-data"]!["event"] = "complained";

        (await portal.ReportAsync(MailProviderName.Mailgun, organization, post with { Body = Encoding.UTF8.GetBytes(other.ToJsonString()) })).ShouldBe(HttpStatusCode.NotAcceptable);

        (await portal.MailRowAsync(id, _ => true)).Delivery.ShouldBe("bounced");
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_report_on_another_organizations_mail_is_refused_however_well_it_is_signed(MailProviderName provider)
    {
        var (id, _, post) = await BouncedAsync(provider);
        var other = await portal.StorefrontWithAsync(provider);

        (await portal.PostAsync(provider, other.OrganizationId, post)).ShouldBe(provider == MailProviderName.Mailgun ? HttpStatusCode.NotAcceptable : HttpStatusCode.Forbidden);
        await NothingHappenedAsync(id);
    }

    [Fact]
    public async Task There_is_no_door_where_no_secret_is_set()
    {
        var (_, organization, post) = await BouncedAsync(MailProviderName.Resend);
        var plain = await portal.StorefrontAsync();

        (await portal.PostAsync(MailProviderName.Resend, plain.OrganizationId, post)).ShouldBe(HttpStatusCode.NotFound);
        (await portal.PostAsync(MailProviderName.Resend, Guid.Empty, post)).ShouldBe(HttpStatusCode.NotFound);
        (await portal.PostAsync(MailProviderName.Postmark, organization, post)).ShouldBe(HttpStatusCode.NotFound);
        (await portal.PostAsync(MailProviderName.Resend, Guid.CreateVersion7(), post)).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_is_signed_and_no_report_is_a_bad_request()
    {
        var organization = (await portal.StorefrontWithAsync(MailProviderName.Resend)).OrganizationId;

        (await portal.PostAsync(MailProviderName.Resend, organization, FakeResend.Sign("[1]"u8.ToArray(), portal.Clock.GetUtcNow()))).ShouldBe(HttpStatusCode.BadRequest);
        (await portal.PostAsync(MailProviderName.Resend, organization, FakeResend.Sign("{oh no"u8.ToArray(), portal.Clock.GetUtcNow()))).ShouldBe(HttpStatusCode.BadRequest);
        (await portal.PostAsync(MailProviderName.Resend, organization, FakeResend.Sign(new byte[2 * 1024 * 1024], portal.Clock.GetUtcNow()))).ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    static HookPost Unsigned(MailProviderName provider, HookPost post) => provider switch
    {
        MailProviderName.Postmark => post.With("Authorization", null),
        MailProviderName.Ses => post.With("x-amz-sns-message-id", "another"),
        MailProviderName.SendGrid => post.With("X-Twilio-Email-Event-Webhook-Signature", null),
        MailProviderName.Mailgun => post with { Body = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(post.Body).Replace("\"signature\":\"", "\"signature\":\"0", StringComparison.Ordinal)) },
        MailProviderName.Resend => post.With("svix-signature", "v1,"),
    };

    async Task<(Guid, Guid, HookPost)> BouncedAsync(MailProviderName provider)
    {
        var (storefront, to) = (await portal.StorefrontWithAsync(provider), Mailing.NewAddress());
        var id = await portal.MailAsync(storefront, to);
        await portal.SentMailAsync(id);
        return (id, storefront.OrganizationId, portal.Fake[provider].Report(portal.Fake[provider].Mails.Single(m => m.To == to).Reported(), Told.Bounced));
    }

    async Task NothingHappenedAsync(Guid mail)
    {
        (await portal.MailRowAsync(mail, _ => true)).Status.ShouldBe(MailStatus.Sent);
        (await portal.EventsAsync(mail)).ShouldBeEmpty();
        (await portal.ScalarAsync<long>("select count(*) from webhook_event e join mail m on m.organization_id = e.organization_id where m.id = @mail", new { mail })).ShouldBe(0);
    }
}

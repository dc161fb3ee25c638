using System.Net;
using System.Text;
using Latchkey.Features.MailDelivery;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Mail.Inbox;
using Latchkey.Platform.Mail.Providers;
using Latchkey.Platform.Tenancy;
using Latchkey.Tests.Platform.Mail.Providers.Rig;
using Latchkey.Tests.Rig;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Tests.Platform.Mail.Providers;

public sealed class InboxOfReportsTests(PortalWithProviders portal) : IClassFixture<PortalWithProviders>
{
    public static TheoryData<MailProviderName> All => [.. Enum.GetValues<MailProviderName>()];

    WebhookInbox Inbox => portal.Services.GetRequiredService<WebhookInbox>();

    [Theory]
    [MemberData(nameof(All))]
    public async Task One_event_told_many_times_at_once_has_one_effect_and_only_good_answers(MailProviderName provider)
    {
        var (storefront, id, mail) = await SentAsync(provider);
        var post = portal.Fake[provider].Report(mail, Told.Bounced);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => portal.PostAsync(provider, storefront.OrganizationId, post)));
        await portal.WorkedOffAsync(storefront.OrganizationId);

        answers.ShouldAllBe(a => a == HttpStatusCode.OK);
        (await portal.EventsAsync(id)).ShouldBe("Mail bounced");
        (await portal.ScalarAsync<long>("select count(*) from webhook_event where organization_id = @o", new { o = storefront.OrganizationId })).ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task An_event_told_again_long_after_it_was_done_changes_nothing(MailProviderName provider)
    {
        var (storefront, id, mail) = await SentAsync(provider);
        var post = portal.Fake[provider].Report(mail, Told.Complained);
        await portal.ReportAsync(provider, storefront.OrganizationId, post);
        await portal.ExecuteAsync("delete from suppression where organization_id = @o", new { o = storefront.OrganizationId });

        // Our answer was lost on the way: the provider cannot know that it was done.
        (await portal.ReportAsync(provider, storefront.OrganizationId, post)).ShouldBe(HttpStatusCode.OK);

        (await portal.EventsAsync(id)).ShouldBe("Mail complained");
        (await portal.ScalarAsync<long>("select count(*) from suppression where organization_id = @o", new { o = storefront.OrganizationId })).ShouldBe(0);
    }

    [Fact]
    public async Task What_is_done_keeps_no_address_and_what_waits_keeps_it_sealed()
    {
        var (storefront, _, mail) = await SentAsync(MailProviderName.Postmark);
        await portal.ReportAsync(MailProviderName.Postmark, storefront.OrganizationId, portal.Fake[MailProviderName.Postmark].Report(mail, Told.Delivered));
        await portal.ReportAsync(MailProviderName.Postmark, storefront.OrganizationId, Unknown(MailProviderName.Postmark, storefront));

        var bodies = await portal.Database.ReadAsync(c => Dapper.SqlMapper.QueryAsync<(string State, byte[]? Body)>(c, "select state, body from webhook_event where organization_id = @o", new { o = storefront.OrganizationId }));
        bodies.Single(b => b.State == "done").Body.ShouldBeNull();
        Encoding.Latin1.GetString(bodies.Single(b => b.State == "unmatched").Body!).ShouldNotContain("@example.com");
        portal.Log.ShouldNotContain(l => l.Contains(mail.To, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task What_is_about_no_mail_of_ours_is_kept_and_can_be_replayed(MailProviderName provider)
    {
        var storefront = await portal.StorefrontWithAsync(provider);
        var key = new MessageKey(storefront.OrganizationId, Guid.CreateVersion7());
        await portal.ReportAsync(provider, storefront.OrganizationId, portal.Fake[provider].Report(new ReportedMail("unknown", "ann@example.com", key.ToString()), Told.Bounced));

        var left = (await Inbox.UnsettledAsync(storefront.OrganizationId, 10)).ShouldHaveSingleItem();
        (left.State, left.Provider, left.Reason).ShouldBe((WebhookState.Unmatched, provider.Word(), "It is about no mail of ours."));
        (await ReplayAsync((await portal.StorefrontAsync()).OrganizationId, left.Id)).ShouldBeFalse();

        var id = await portal.MailAsync(storefront, Mailing.NewAddress(), leaves: false);
        await portal.ExecuteAsync("update mail set id = @became where id = @id", new { became = key.MailId, id });
        (await ReplayAsync(storefront.OrganizationId, left.Id)).ShouldBeTrue();
        await portal.WorkedOffAsync(storefront.OrganizationId);

        (await portal.MailRowAsync(key.MailId, _ => true)).Delivery.ShouldBe("bounced");
        (await Inbox.UnsettledAsync(storefront.OrganizationId, 10)).ShouldBeEmpty();
        (await ReplayAsync(storefront.OrganizationId, left.Id)).ShouldBeFalse();
        (await portal.ScalarAsync<long>("select count(*) from activity where organization_id = @o and event = 'replayed a webhook'", new { o = storefront.OrganizationId })).ShouldBe(1);
    }

    [Fact]
    public async Task A_report_that_is_faster_than_our_own_note_of_the_mails_name_is_looked_at_again()
    {
        var (storefront, name) = (await portal.StorefrontWithAsync(MailProviderName.Ses), $"0100{Guid.NewGuid():n}");
        var id = await portal.MailAsync(storefront, Mailing.NewAddress(), leaves: false);
        await portal.PostAsync(MailProviderName.Ses, storefront.OrganizationId, portal.Fake.Ses.Report(new ReportedMail(name, "ann@example.com", null), Told.Delivered));
        await Portal.UntilAsync(async () => (await Inbox.UnsettledAsync(storefront.OrganizationId, 10)).Single() is { State: WebhookState.Queued, Reason: "No mail of ours has this name yet." });

        await portal.ExecuteAsync("update mail set provider_id = @name where id = @id", new { id, name });
        portal.Clock.Advance(TimeSpan.FromMinutes(2));
        Inbox.LookAgain();
        await portal.WorkedOffAsync(storefront.OrganizationId);

        (await portal.MailRowAsync(id, _ => true)).Status.ShouldBe(MailStatus.Delivered);
    }

    [Fact]
    public async Task What_was_sealed_under_another_key_is_left_as_failed()
    {
        var (storefront, id, mail) = await SentAsync(MailProviderName.Resend);
        var now = portal.Clock.GetUtcNow();
        await portal.ExecuteAsync("""
            insert into webhook_event (organization_id, id, provider, event_id, body, body_hash, state, attempts, received_at, due_at) values (@o, @event, 'resend', 'msg', @body, @body, 'queued', 0, @now, @now)
            """, new { o = storefront.OrganizationId, @event = Guid.CreateVersion7(now), body = new byte[64], now });
        Inbox.LookAgain();
        await portal.WorkedOffAsync(storefront.OrganizationId);

        (await Inbox.UnsettledAsync(storefront.OrganizationId, 10)).ShouldHaveSingleItem().State.ShouldBe(WebhookState.Failed);
    }

    [Fact]
    public async Task A_list_of_SendGrids_is_taken_apart_and_each_event_is_its_own()
    {
        var (storefront, first, one) = await SentAsync(MailProviderName.SendGrid);
        var to = Mailing.NewAddress();
        var second = await portal.MailAsync(storefront, to);
        await portal.SentMailAsync(second);
        var two = portal.Fake.SendGrid.Mails.Single(m => m.To == to).Reported();
        var grid = portal.Fake.SendGrid;

        await portal.ReportAsync(MailProviderName.SendGrid, storefront.OrganizationId, grid.Events(grid.Event(one, Told.Sent), grid.Event(one, Told.Delivered), grid.Event(two, Told.Bounced), grid.Event(one, Told.Opened)));

        (await portal.MailRowAsync(first, _ => true)).Status.ShouldBe(MailStatus.Delivered);
        (await portal.MailRowAsync(second, _ => true)).Status.ShouldBe(MailStatus.Failed);
        (await portal.ScalarAsync<long>("select count(*) from webhook_event where organization_id = @o and state = 'done'", new { o = storefront.OrganizationId })).ShouldBe(4);
    }

    [Fact]
    public async Task Events_are_forgotten_after_a_month()
    {
        var (storefront, _, mail) = await SentAsync(MailProviderName.Resend);
        await portal.ReportAsync(MailProviderName.Resend, storefront.OrganizationId, portal.Fake.Resend.Report(mail, Told.Delivered));
        await portal.ExecuteAsync("update webhook_event set received_at = @then where organization_id = @o", new { o = storefront.OrganizationId, then = portal.Clock.GetUtcNow().AddDays(-31) });

        await portal.Database.WriteAsync(t => Inbox.ForgetAsync(t, CancellationToken.None));

        (await portal.ScalarAsync<long>("select count(*) from webhook_event where organization_id = @o", new { o = storefront.OrganizationId })).ShouldBe(0);
    }

    Task<bool> ReplayAsync(Guid organization, Guid id) => portal.Services.GetRequiredService<ReplayWebhook>().RunAsync(organization, id, "Olive Owner");

    HookPost Unknown(MailProviderName provider, Storefront storefront) =>
        portal.Fake[provider].Report(new ReportedMail("unknown", "bob@example.com", new MessageKey(storefront.OrganizationId, Guid.CreateVersion7()).ToString()), Told.Bounced);

    async Task<(Storefront, Guid, ReportedMail)> SentAsync(MailProviderName provider)
    {
        var (storefront, to) = (await portal.StorefrontWithAsync(provider), Mailing.NewAddress());
        var id = await portal.MailAsync(storefront, to);
        await portal.SentMailAsync(id);
        return (storefront, id, portal.Fake[provider].Mails.Single(m => m.To == to).Reported());
    }
}

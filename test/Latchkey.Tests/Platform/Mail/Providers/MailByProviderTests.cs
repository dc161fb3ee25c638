using Latchkey.Platform.Mail;
using Latchkey.Platform.Mail.Providers;
using Latchkey.Tests.Platform.Mail.Providers.Rig;

namespace Latchkey.Tests.Platform.Mail.Providers;

public sealed class MailByProviderTests(PortalWithProviders portal) : IClassFixture<PortalWithProviders>
{
    public static TheoryData<MailProviderName> All => [.. Enum.GetValues<MailProviderName>()];

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_mail_leaves_in_the_providers_form_under_our_own_key(MailProviderName provider)
    {
        var (storefront, to) = (await portal.StorefrontWithAsync(provider), Mailing.NewAddress());
        var id = await portal.MailAsync(storefront, to);
        var row = await portal.SentMailAsync(id);

        var mail = portal.Fake[provider].Mails.Single(m => m.To == to);
        mail.Subject.ShouldBe("Bonjour à vous");
        mail.Text.ShouldContain(HelloMail.Secret);
        mail.Html.ShouldContain(HelloMail.Secret);
        mail.From.ShouldContain("<portal@riverbend.example>");
        if (provider != MailProviderName.Ses) mail.From.ShouldContain("Riverbend “R” Storage");
        else mail.From.ShouldStartWith("=?utf-8?", Case.Insensitive);
        mail.Key.ShouldBe($"{storefront.OrganizationId:n}{id:n}");
        if (provider == MailProviderName.Resend) mail.IdempotencyKey.ShouldBe($"{id:n}");
        (row.Status, row.ProviderId, row.Reply, row.Reason).ShouldBe((MailStatus.Sent, mail.Id, "Accepted by the mail provider.", null));
        row.TextBody.ShouldNotBeNull().ShouldNotContain("4711");
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_mail_that_arrived_says_so(MailProviderName provider)
    {
        var (row, id) = await ReportedAsync(provider, Told.Sent, Told.Deferred, Told.Delivered, Told.Opened);

        (row.Status, row.Delivery, row.Reason).ShouldBe((MailStatus.Delivered, "delivered", null));
        row.DeliveredAt.ShouldBe(portal.Clock.GetUtcNow());
        (await portal.EventsAsync(id)).ShouldContain("Mail deferred, Mail delivered");
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_mail_that_waits_says_so(MailProviderName provider)
    {
        var (row, id) = await ReportedAsync(provider, Told.Deferred);

        (row.Status, row.Delivery, row.DeliveredAt).ShouldBe((MailStatus.Delayed, "deferred", null));
        row.Reason.ShouldNotBeNull().ShouldStartWith("The recipient’s mail server");
        (await portal.EventsAsync(id)).ShouldBe("Mail deferred");
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_mail_that_came_back_fails_and_nothing_more_goes_there(MailProviderName provider)
    {
        var (row, id) = await ReportedAsync(provider, Told.Delivered, Told.Bounced);

        (row.Status, row.Delivery, row.DeliveryCode).ShouldBe((MailStatus.Failed, "bounced", 550));
        row.Reason.ShouldBe("There is no such mailbox. Check the address.");
        row.DeliveryDetail.ShouldNotBeNull().ShouldContain("5.1.1");
        (await SuppressionAsync(id)).ShouldBe(row.Reason);
        (await portal.ScalarAsync<string>("select detail from activity where subject_id = @id and event = 'Mail bounced'", new { id })).ShouldBe(row.Reason);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_complaint_outranks_everything(MailProviderName provider)
    {
        var (row, id) = await ReportedAsync(provider, Told.Complained, Told.Delivered);

        (row.Status, row.Delivery, row.Reason).ShouldBe((MailStatus.Failed, "complained", "The recipient reported the mail as spam."));
        (await SuppressionAsync(id)).ShouldBe(row.Reason);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task An_address_on_the_providers_list_is_on_ours_too(MailProviderName provider)
    {
        var (row, id) = await ReportedAsync(provider, Told.Suppressed);

        (row.Status, row.Delivery, row.Reason).ShouldBe((MailStatus.Failed, "suppressed", "An earlier mail to this address came back, so the mail provider sends nothing there."));
        (await SuppressionAsync(id)).ShouldBe(row.Reason);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_report_without_our_key_is_matched_by_the_providers_own_name(MailProviderName provider)
    {
        var (storefront, to) = (await portal.StorefrontWithAsync(provider), Mailing.NewAddress());
        var id = await portal.MailAsync(storefront, to);
        await portal.SentMailAsync(id);
        var mail = portal.Fake[provider].Mails.Single(m => m.To == to).Reported() with { Key = null };

        await portal.ReportAsync(provider, storefront.OrganizationId, portal.Fake[provider].Report(mail, Told.Delivered));

        (await portal.MailRowAsync(id, _ => true)).Status.ShouldBe(MailStatus.Delivered);
    }

    async Task<(SentRow, Guid)> ReportedAsync(MailProviderName provider, params Told[] told)
    {
        var (storefront, to) = (await portal.StorefrontWithAsync(provider), Mailing.NewAddress());
        var id = await portal.MailAsync(storefront, to);
        await portal.SentMailAsync(id);
        var mail = portal.Fake[provider].Mails.Single(m => m.To == to).Reported();
        foreach (var one in told) ((int)await portal.ReportAsync(provider, storefront.OrganizationId, portal.Fake[provider].Report(mail, one))).ShouldBe(200);
        return (await portal.MailRowAsync(id, _ => true), id);
    }

    Task<string?> SuppressionAsync(Guid mail) => portal.ScalarAsync<string?>(
        "select s.reason from mail m join suppression s on s.organization_id = m.organization_id and s.channel = m.channel and s.address = m.to_address where m.id = @mail", new { mail });
}

using Latchkey.Platform.Mail;
using Latchkey.Tests.Platform.Mail.Rig;
using Latchkey.Tests.Rig;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Tests.Platform.Mail;

public sealed class MailStatusTests(Portal portal) : IClassFixture<Portal>
{
    [Theory]
    [InlineData("queued", null, null, MailStatus.Queued, null)]
    [InlineData("queued", "450 Greylisted", null, MailStatus.Delayed, "450 Greylisted")]
    [InlineData("sent", "250 ok", null, MailStatus.Sent, null)]
    [InlineData("failed", "550 Unknown", null, MailStatus.Failed, "550 Unknown")]
    [InlineData("sent", "250 ok", "sent", MailStatus.Sent, "why")]
    [InlineData("sent", "250 ok", "deferred", MailStatus.Delayed, "why")]
    [InlineData("sent", "250 ok", "delivered", MailStatus.Delivered, "why")]
    [InlineData("sent", "250 ok", "bounced", MailStatus.Failed, "why")]
    [InlineData("sent", "250 ok", "rejected", MailStatus.Failed, "why")]
    [InlineData("sent", "250 ok", "suppressed", MailStatus.Failed, "why")]
    [InlineData("sent", "250 ok", "complained", MailStatus.Failed, "why")]
    [InlineData("sent", null, "undelivered", MailStatus.Failed, "why")]
    [InlineData("queued", "no answer", "sent", MailStatus.Sent, "why")]
    [InlineData("queued", "no answer", "delivered", MailStatus.Delivered, "why")]
    [InlineData("failed", "its time was over", "delivered", MailStatus.Delivered, "why")]
    [InlineData("failed", "its time was over", "deferred", MailStatus.Failed, "why")]
    public async Task A_mail_has_the_status_that_its_state_and_its_reports_say(string state, string? reply, string? delivery, MailStatus status, string? reason)
    {
        var id = await WriteAsync(await portal.StorefrontAsync(), null);
        await portal.ExecuteAsync("update mail set state = @state, due_at = null, reply = @reply, delivery = @delivery, delivery_reason = @why where id = @id",
            new { id, state, reply, delivery, why = delivery is null ? null : "why" });

        (await portal.ScalarAsync<string>($"select {MailStatusSql.Status} from mail m where m.id = @id", new { id })).ShouldBe(status.ToString());
        (await portal.ScalarAsync<string?>($"select {MailStatusSql.Reason} from mail m where m.id = @id", new { id })).ShouldBe(reason);
    }

    [Fact]
    public async Task A_mail_stands_in_the_list_of_the_home_facility_of_the_first_contact_linked()
    {
        var storefront = await portal.StorefrontAsync();
        var account = await portal.AccountAsync(storefront, "ann@facility.example");
        (Guid riverside, Guid mill, Guid later) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await portal.ExecuteAsync("""
            insert into facility (organization_id, id, storefront_id, name, created_at) values (@OrganizationId, @riverside, @Id, 'Riverside', @now), (@OrganizationId, @mill, @Id, 'Old Mill', @now);
            update contact set facility_id = @riverside where id in (select contact_id from account_contact where account_id = @account);
            insert into contact (organization_id, id, storefront_id, facility_id, full_name, linked, created_at, updated_at) values (@OrganizationId, @later, @Id, @mill, 'Ann', true, @now, @now);
            insert into account_contact (organization_id, account_id, contact_id, linked_at, linked_by) values (@OrganizationId, @account, @later, @then, 'staff')
            """, new { storefront.OrganizationId, storefront.Id, riverside, mill, later, account, now = portal.Clock.GetUtcNow(), then = portal.Clock.GetUtcNow().AddHours(1) });

        (await FacilityAsync(await WriteAsync(storefront, account))).ShouldBe(riverside);
        (await FacilityAsync(await WriteAsync(storefront, null))).ShouldBeNull();
        (await FacilityAsync(await WriteAsync(storefront, await portal.AccountAsync(storefront, "bob@facility.example")))).ShouldBeNull();
    }

    async Task<Guid?> FacilityAsync(Guid id) =>
        await portal.ScalarAsync<string?>("select cast(facility_id as text) from mail where id = @id", new { id }) is { } facility ? Guid.Parse(facility) : null;

    /// <summary>It waits for an hour that does not come, so that no worker meets it.</summary>
    async Task<Guid> WriteAsync(Latchkey.Platform.Tenancy.Storefront storefront, Guid? account)
    {
        var (outbox, now) = (portal.Services.GetRequiredService<Outbox>(), portal.Clock.GetUtcNow());
        var mail = new NewMail
        {
            OrganizationId = storefront.OrganizationId, StorefrontId = storefront.Id, Id = Guid.CreateVersion7(now), Kind = "nothing", AccountId = account,
            ToAddress = "ann@status.example", Locale = "en", CreatedAt = now, GiveUpAt = now.AddHours(1),
        };
        await portal.Database.WriteAsync(t => outbox.EnqueueAsync(t, MailLane.SignIn, [mail]));
        return mail.Id;
    }
}

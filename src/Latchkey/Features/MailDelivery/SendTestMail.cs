using Dapper;
using Latchkey.Features.MailDelivery.Mails;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Data;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Staff;
using Latchkey.Platform.Tenancy;

namespace Latchkey.Features.MailDelivery;

/// <summary>Sends a mail to whoever asks for it, the way that mail to customers goes.</summary>
internal sealed class SendTestMail(Database database, Outbox outbox, ActivityLog activity, TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    /// <param name="storefront">In whose name.</param>
    /// <param name="staff">To whom.</param>
    /// <param name="cancel">Cancels it.</param>
    /// <returns>The mail; null when there was one a moment ago.</returns>
    public async Task<Guid?> RunAsync(Storefront storefront, StaffUser staff, CancellationToken cancel)
    {
        var (id, mails) = await database.WriteAsync(async t =>
        {
            var now = clock.GetUtcNow();
            if (await t.Connection!.ExecuteScalarAsync<int?>(DeliverySql.TestedLately, new { storefront.OrganizationId, staff.Email, after = now - Pause }, t) is not null)
                return ((Guid?)null, EnqueuedMails.None);
            var mail = TestMail.To(staff.Email, storefront, now);
            await activity.AppendAsync(t, new Happened(storefront.OrganizationId, ActivityType.STAFF, "sent a test mail") { StorefrontId = storefront.Id, SubjectId = mail.Id, Actor = staff.Name });
            return (mail.Id, await outbox.EnqueueAsync(t, MailLane.SignIn, [mail]));
        }, cancel);
        outbox.Announce(mails);
        return id;
    }
}

using Latchkey.Platform.Data;
using Latchkey.Platform.Mail.Mime;

namespace Latchkey.Platform.Mail.Providers;

/// <summary>
/// Sends each mail the way its organization chose, else the installation's way, and nothing to an address that is suppressed. Most
/// providers have no idempotency key, so before a later attempt their reports are asked: one on the mail means that it was taken.
/// </summary>
internal sealed class ChosenTransport(
    IMailTransport? relay, MailProviders providers, ProviderClient client, Suppressions suppressions, Deliveries deliveries, Database database) : IMailTransport
{
    public async Task<Handover> SendAsync(OutgoingMail mail, CancellationToken cancel)
    {
        if (await suppressions.ReasonAsync(mail.OrganizationId, mail.Channel, mail.To.Address) is { } reason)
            return new Handover(HandoverOutcome.Refused, null, null, reason);
        var own = await providers.OwnAsync(mail.OrganizationId);
        if (own is { Provider: null }) return new Handover(HandoverOutcome.TryLater, null, null, MailReasons.English(MailReason.SettingsUnreadable));
        return (own?.Provider ?? providers.Installation) is { } provider ? await SendAsync(provider, mail, cancel) : await relay!.SendAsync(mail, cancel);
    }

    private async Task<Handover> SendAsync(IMailProvider provider, OutgoingMail mail, CancellationToken cancel)
    {
        MailSyntax.Check(mail);
        if (mail.Attempt > 1 && await deliveries.IsReportedAsync(mail.OrganizationId, mail.Id))
            return new Handover(HandoverOutcome.Accepted, null, null, MailReasons.English(MailReason.Taken));
        cancel.ThrowIfCancellationRequested();
        var handover = await client.SendAsync(provider, mail);
        if (handover.WantsNoMore)
            await database.WriteAsync(t => suppressions.AddAsync(t, mail.OrganizationId, mail.Channel, mail.To.Address, handover.Reply), CancellationToken.None);
        return handover;
    }
}

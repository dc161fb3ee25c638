using System.Globalization;
using Latchkey.Platform.Data;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Tenancy;

namespace Latchkey.Platform.Sms;

/// <summary>
/// Hands texts to Twilio. Its API has no idempotency key, so from the second attempt on a text is looked for there before it is sent:
/// docs/decisions/0009-sms-in-the-outbox.md.
/// </summary>
internal sealed partial class TwilioTransport(
    TwilioMessages twilio, TwilioSettings settings, Suppressions suppressions, Database database, PublicAddress addresses, TimeProvider clock,
    ILogger<TwilioTransport> log) : IMailTransport
{
    /// <summary>How far our clock may be ahead of Twilio's.</summary>
    private static readonly TimeSpan ClockSlack = TimeSpan.FromMinutes(1);

    /// <param name="sms">What to send.</param>
    /// <param name="cancel">Looked at before anything is sent: what Twilio may have is waited for.</param>
    public async Task<Handover> SendAsync(OutgoingMail sms, CancellationToken cancel)
    {
        if (await suppressions.ReasonAsync(sms.OrganizationId, MailChannel.Sms, sms.To.Address) is { } reason)
            return new Handover(HandoverOutcome.Refused, null, null, reason);
        cancel.ThrowIfCancellationRequested();
        try
        {
            var handover = (sms.Attempt > 1 ? await LookUpAsync(sms) : null) ?? await CreateAsync(sms);
            if (TwilioErrors.IsOurs(handover.Code)) RefusesUs(handover.Code!.Value);
            if (handover.Code == TwilioErrors.WantsNoMore)
                await database.WriteAsync(t => suppressions.AddAsync(t, sms.OrganizationId, MailChannel.Sms, sms.To.Address, handover.Reply), CancellationToken.None);
            return handover;
        }
        catch (HttpRequestException)
        {
            return new Handover(HandoverOutcome.TryLater, null, null, "Twilio could not be reached.");
        }
        catch (TaskCanceledException)
        {
            return new Handover(HandoverOutcome.TryLater, null, null, "Twilio did not answer in time.");
        }
    }

    /// <returns>Null when it is not there: it may be sent.</returns>
    private async Task<Handover?> LookUpAsync(OutgoingMail sms)
    {
        var answer = await twilio.NewestAsync(sms.To.Address);
        if (!answer.IsYes) return TwilioErrors.Refusal(answer.Status, answer.Error) with { Outcome = HandoverOutcome.TryLater };
        if (answer.Found?.Messages is not { } newest) return new Handover(HandoverOutcome.TryLater, answer.Status, null, "Twilio's list of messages could not be read.");
        // A trial account puts words of its own before the text.
        string text = sms.Text.TrimEnd();
        var found = newest.FirstOrDefault(m => m.CreatedAt >= sms.CreatedAt - ClockSlack && m.Body is { } body && body.TrimEnd().EndsWith(text, StringComparison.Ordinal));
        return found is null ? null : Taken(answer.Status, found.Sid);
    }

    private async Task<Handover> CreateAsync(OutgoingMail sms)
    {
        var answer = await twilio.CreateAsync(Fields(sms));
        return answer.IsYes ? Taken(answer.Status, answer.Found?.Sid) : TwilioErrors.Refusal(answer.Status, answer.Error);
    }

    private IEnumerable<KeyValuePair<string, string>> Fields(OutgoingMail sms)
    {
        int seconds = (int)Math.Clamp((sms.GiveUpAt - clock.GetUtcNow()).TotalSeconds, 1, 36_000);
        yield return new("To", sms.To.Address);
        yield return new(settings.IsMessagingService ? "MessagingServiceSid" : "From", settings.From);
        yield return new("Body", sms.Text);
        yield return new("ValidityPeriod", seconds.ToString(CultureInfo.InvariantCulture));
        // Twilio refuses an address that it can't reach.
        if (!addresses.IsLocal) yield return new("StatusCallback", TwilioHook.AddressFor(addresses, sms.OrganizationId, sms.Id));
    }

    private static Handover Taken(int status, string? sid) => new(HandoverOutcome.Accepted, status, null, "Taken by Twilio.") { ProviderId = TwilioMessage.IsSid(sid) ? sid : null };

    [LoggerMessage(Level = LogLevel.Error, Message = "Twilio refuses this installation (error {Error}): SMS wait. Check Twilio__AccountSid, Twilio__AuthToken and Twilio__From.")]
    private partial void RefusesUs(int error);
}

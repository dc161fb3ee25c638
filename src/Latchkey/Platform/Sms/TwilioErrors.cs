using System.Collections.Frozen;
using Latchkey.Platform.Mail;

namespace Latchkey.Platform.Sms;

/// <summary>Twilio's error codes in plain words, and what to do about each.</summary>
internal static class TwilioErrors
{
    /// <summary>The recipient answered STOP.</summary>
    public const int WantsNoMore = 21610;
    private const int NotLetIn = 20003;
    private const int TooMany = 20429;

    private static readonly FrozenDictionary<int, Known> All = new Dictionary<int, Known>
    {
        // On sending. What speaks of our own account waits until somebody mends it (docs/decisions/0008).
        [NotLetIn] = new(HandoverOutcome.TryLater, "Twilio does not accept the account and token it is given."),
        [TooMany] = new(HandoverOutcome.TryLater, "Twilio asks us to send more slowly."),
        [21211] = new(HandoverOutcome.Refused, "This is not a phone number."),
        [21212] = new(HandoverOutcome.TryLater, "The sender set for SMS is not one that Twilio can use."),
        [21408] = new(HandoverOutcome.Refused, "Texts to this country are switched off in the Twilio account."),
        [21606] = new(HandoverOutcome.TryLater, "The sender set for SMS does not belong to the Twilio account, or can't send texts."),
        [21608] = new(HandoverOutcome.Refused, "A Twilio trial account texts only numbers that were verified with Twilio."),
        [WantsNoMore] = new(HandoverOutcome.Refused, "This number asked for no more messages (it answered STOP)."),
        [21614] = new(HandoverOutcome.Refused, "This is not a mobile number."),
        // On delivery.
        [30003] = new(HandoverOutcome.Refused, "The phone is switched off or out of reach."),
        [30004] = new(HandoverOutcome.Refused, "The phone or its network blocks our messages."),
        [30005] = new(HandoverOutcome.Refused, "This number is unknown or no longer in use."),
        [30006] = new(HandoverOutcome.Refused, "This is a landline, or its network can't be reached."),
        [30007] = new(HandoverOutcome.Refused, "The network filtered the message out as unwanted."),
        [30008] = new(HandoverOutcome.Refused, "The network did not deliver it and gave no reason."),
        [30034] = new(HandoverOutcome.Refused, "The sender is not registered for business texts in the United States."),
        [30036] = new(HandoverOutcome.Refused, "It could not be delivered before its time was over."),
    }.ToFrozenDictionary();

    /// <summary>What to show for a code; one that is not known here is explained by Twilio.</summary>
    public static string Reason(int code) =>
        All.TryGetValue(code, out var known) ? known.Reason : $"Twilio gives error {code}: see https://www.twilio.com/docs/errors/{code}";

    /// <param name="status">HTTP status of the answer.</param>
    /// <param name="code">Twilio's code in it, if there is one.</param>
    public static Handover Refusal(int status, int? code)
    {
        var known = code is { } given ? All.GetValueOrDefault(given) : null;
        if (known is null && status is 401 or 403 or 404) return Refusal(400, NotLetIn);
        if (known is null && status == 429) return Refusal(400, TooMany);
        // Whatever Twilio says while it is in trouble itself is no last word on a number.
        bool isFinal = status is >= 400 and < 500 and not (408 or 429) && known?.Outcome != HandoverOutcome.TryLater;
        return new Handover(
            isFinal ? HandoverOutcome.Refused : HandoverOutcome.TryLater, code ?? status, null,
            code is null ? $"Twilio answered with HTTP status {status}." : Reason(code.Value));
    }

    /// <summary>Whether it is our own settings that Twilio complains about.</summary>
    public static bool IsOurs(int? code) => code is NotLetIn or 21212 or 21606;

    private sealed record Known(HandoverOutcome Outcome, string Reason);
}

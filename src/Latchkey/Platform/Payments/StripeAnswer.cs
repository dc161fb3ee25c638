using Latchkey.Platform.Mail.Providers;

namespace Latchkey.Platform.Payments;

/// <summary>What Stripe answered: an object, or why not.</summary>
public sealed record StripeAnswer(ProviderJson Json, StripeError? Error = null)
{
    public bool IsYes => Error is null;

    /// <summary>Of an answer that came whole.</summary>
    public static StripeAnswer Read(int status, ProviderJson json)
    {
        if (status is >= 200 and < 300) return new StripeAnswer(json);
        var error = json["error"];
        var (type, code) = (error["type"].Text, error["code"].Text);
        return new StripeAnswer(json, new StripeError(status switch
        {
            402 => StripeProblem.Declined,
            401 or 403 => StripeProblem.KeyRefused,
            404 => StripeProblem.Missing,
            400 when type == "idempotency_error" => StripeProblem.KeyReused,
            400 => StripeProblem.Refused,
            _ => StripeProblem.Unavailable,
        }, code, error["decline_code"].Text, error["message"].Text, error["payment_intent"]));
    }

    public static readonly StripeAnswer Silent = new(default, new StripeError(StripeProblem.Unavailable, null, null, null, default));
}

/// <param name="Problem">What it means for us.</param>
/// <param name="Code">Stripe's code.</param>
/// <param name="DeclineCode">Why the bank said no.</param>
/// <param name="Message">For a declined card it may be shown to the customer.</param>
/// <param name="Intent">The payment intent that was declined.</param>
public sealed record StripeError(StripeProblem Problem, string? Code, string? DeclineCode, string? Message, ProviderJson Intent);

public enum StripeProblem
{
    /// <summary>The card, or the bank, said no.</summary>
    Declined,
    /// <summary>A request that makes no sense to Stripe: a bug, or a method that is not switched on there.</summary>
    Refused,
    KeyRefused,
    /// <summary>There is no such object in this account.</summary>
    Missing,
    /// <summary>The idempotency key was used with other parameters.</summary>
    KeyReused,
    /// <summary>Nothing is known of what became of the request: it may have been done.</summary>
    Unavailable,
}

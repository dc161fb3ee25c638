using Latchkey.Platform.Web;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Payments;

/// <summary>Refunds in words, for the team.</summary>
public static class RefundWords
{
    public static (string Colour, string Icon, string Word) Chip(IStringLocalizer<Texts> l, ListedRefund refund) => refund.State switch
    {
        RefundState.Asked => ("warning", "clock", l["Waiting for approval"]),
        RefundState.Queued or RefundState.Pending => ("info", "clock", l["On its way"]),
        RefundState.Done => ("success", "check", l["Given back"]),
        RefundState.Failed => ("danger", "alert", l["Failed"]),
        RefundState.Declined => ("neutral", "none", l["Rejected"]),
        RefundState.Expired => ("neutral", "none", l["Expired"]),
    };

    /// <summary>Why nothing was decided; null when it was.</summary>
    public static string? Refusal(IStringLocalizer<Texts> l, RefundDecision decision) => decision switch
    {
        RefundDecision.Approved or RefundDecision.Declined => null,
        RefundDecision.Own => l["Whoever asks does not approve. Another manager or owner must look at it."].Value,
        RefundDecision.AskerLeft => l["Whoever asked for this may no longer do so. Reject it, and let somebody else ask."].Value,
        RefundDecision.Over or RefundDecision.Unknown => l["It was decided already, or its time is over."].Value,
    };

    /// <summary>Why it came back, and what to do; null when it did not. Stripe's words: docs.stripe.com/refunds#failed-refunds.</summary>
    public static string? Why(IStringLocalizer<Texts> l, ListedRefund refund)
    {
        if (refund.State is not RefundState.Failed) return null;
        return refund.Problem switch
        {
            "lost_or_stolen_card" or "expired_or_canceled_card" => l["The card is no longer in use. Give the money back another way."],
            "insufficient_funds" => l["There was not enough money in your account at Stripe. Try again when there is."],
            "charge_for_pending_refund_disputed" => l["The customer disputes the payment at their bank."],
            "merchant_request" or "canceled" => l["It was cancelled at Stripe."],
            _ => l["The bank did not take it. Give the money back another way."],
        };
    }
}

using Latchkey.Features.Invoices;
using Latchkey.Platform;
using Latchkey.Platform.Web;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Payments;

/// <summary>Payments in words, for the team.</summary>
public static class PaymentWords
{
    public static (string Colour, string Icon, string Word) Chip(IStringLocalizer<Texts> l, ListedPayment payment) => payment.Suspect
        ? ("danger", "alert", l["Not believed"])
        : payment.DisputeState is { } dispute ? DisputeChip(l, dispute)
        : payment.State switch
        {
            PaymentState.Starting or PaymentState.Open => ("neutral", "clock", l["Open"]),
            PaymentState.Processing => ("info", "clock", l["Processing"]),
            PaymentState.Paid when payment.Refunded > 0 => ("success", "repeat", l["Paid, refunded in part"]),
            PaymentState.Paid => ("success", "check", l["Paid"]),
            PaymentState.Failed => ("danger", "alert", l["Failed"]),
            PaymentState.Ended => ("neutral", "none", l["Ended"]),
        };

    public static string How(IStringLocalizer<Texts> l, ListedPayment payment) => payment.Kind switch
    {
        "offline" => $"{InvoiceWords.PaidBy(l, payment.PaidBy ?? "other")} ({payment.Actor})",
        "autopay" => l["By itself, {0}", payment.MethodName ?? payment.Provider],
        _ => payment.MethodName ?? l["Checkout"],
    };

    /// <summary>Why it is as it is, in plain words; null when there is nothing to say.</summary>
    public static string? Why(IStringLocalizer<Texts> l, ListedPayment payment) => payment switch
    {
        { Suspect: false, DisputeState: { } dispute, DisputeAmount: { } disputed } => Dispute(l, dispute, $"{new Money(disputed, payment.Currency)}", payment.AnswerBy),
        { Suspect: true } => l["What the provider has is not what was asked for: {0}", payment.Reason ?? ""],
        { State: PaymentState.Failed } => FailureWords.Of(l, payment.Reason),
        _ => null,
    };

    private static (string Colour, string Icon, string Word) DisputeChip(IStringLocalizer<Texts> l, string state) => state switch
    {
        "won" or "warning_closed" or "prevented" => ("success", "check", l["Paid, dispute over"]),
        "lost" => ("danger", "alert", l["Dispute lost"]),
        "under_review" or "warning_under_review" => ("info", "clock", l["Disputed"]),
        _ => ("danger", "alert", l["Disputed"]),
    };

    private static string Dispute(IStringLocalizer<Texts> l, string state, string sum, DateTimeOffset? answerBy) => state switch
    {
        "won" => l["The customer disputed {0}. The bank decided for you.", sum],
        "lost" => l["The customer disputed {0}. The bank decided for them and took the money back.", sum],
        "warning_closed" or "prevented" => l["The bank asked about {0}. That is over.", sum],
        "under_review" or "warning_under_review" => l["The customer disputes {0}. The bank looks at your answer.", sum],
        _ when answerBy is { } by => l["The customer disputes {0} at their bank. Answer at Stripe by {1}.", sum, Dates.Day(DateOnly.FromDateTime(by.UtcDateTime))],
        _ => l["The customer disputes {0} at their bank. Answer at Stripe.", sum],
    };
}

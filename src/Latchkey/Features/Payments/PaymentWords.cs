using Latchkey.Features.Invoices;
using Latchkey.Platform.Web;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Payments;

/// <summary>Payments in words, for the team.</summary>
public static class PaymentWords
{
    public static (string Colour, string Icon, string Word) Chip(IStringLocalizer<Texts> l, ListedPayment payment) => payment.Suspect
        ? ("danger", "alert", l["Not believed"])
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
        { Suspect: true } => l["What the provider has is not what was asked for: {0}", payment.Reason ?? ""],
        { State: PaymentState.Failed } => FailureWords.Of(l, payment.Reason),
        _ => null,
    };
}

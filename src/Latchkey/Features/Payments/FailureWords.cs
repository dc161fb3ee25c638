using Latchkey.Platform.Web;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Payments;

/// <summary>Why a payment failed, in words that help the customer. What hints at theft is not told apart (docs.stripe.com/declines/codes).</summary>
public static class FailureWords
{
    public static string Of(IStringLocalizer<Texts> l, string? reason) => reason switch
    {
        "insufficient_funds" => l["There was not enough money in the account."],
        "expired_card" => l["The card has expired."],
        "incorrect_cvc" or "invalid_cvc" => l["The security code of the card was wrong."],
        "authentication_required" => l["The bank wants you to confirm the payment yourself."],
        "account_closed" or "bank_account_closed" or "no_account" => l["The bank account is closed, or its number is wrong."],
        "debit_not_authorized" => l["The bank does not allow debits from this account."],
        "card_not_supported" or "currency_not_supported" => l["The card does not take this kind of payment."],
        _ => l["The bank declined it, without saying why."],
    };
}

using Latchkey.Platform.Web;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Invoices;

/// <summary>The state of an invoice in words, with the colour and the picture of its chip.</summary>
public static class InvoiceWords
{
    public static (string Colour, string Icon, string Word) Chip(IStringLocalizer<Texts> l, Invoice invoice, DateOnly today) => invoice.State switch
    {
        InvoiceState.Paid when invoice.Refunded > 0 => ("success", "check", l["Paid, refunded in part"]),
        InvoiceState.Paid => ("success", "check", l["Paid"]),
        InvoiceState.Processing => ("info", "clock", l["Processing"]),
        InvoiceState.Pending or InvoiceState.Failed when invoice.Doubt is not null => ("info", "clock", l["Payment being checked"]),
        InvoiceState.Failed => ("danger", "alert", l["Failed"]),
        InvoiceState.Refunded => ("neutral", "repeat", l["Refunded"]),
        InvoiceState.Void => ("neutral", "none", l["Void"]),
        InvoiceState.Pending => invoice.DaysLate(today) switch
        {
            null => ("warning", "clock", l["Pending"]),
            1 => ("danger", "alert", l["Overdue by 1 day"]),
            { } days => ("danger", "alert", l["Overdue by {0} days", days]),
        },
    };

    /// <summary>Why it can't be paid though it is due; null when it can, or is not.</summary>
    public static string? Doubt(IStringLocalizer<Texts> l, Invoice invoice, string business) => invoice is { IsDue: true, Doubt: { } doubt }
        ? doubt switch
        {
            InvoiceDoubt.Unanswered => l["This was charged by itself, and the answer is still to come. It is asked for again every few minutes. Please do not pay it another way until then."].Value,
            InvoiceDoubt.Disbelieved => l["{0} has to look at this payment first. Please do not pay again until then.", business].Value,
        }
        : null;

    /// <summary>14.975 %, as the current language writes it.</summary>
    public static string Rate(int thousandths) => $"{(thousandths / 1000m).ToString("0.###", System.Globalization.CultureInfo.CurrentCulture)}\u00a0%";

    public static string PaidBy(IStringLocalizer<Texts> l, string by) => by switch
    {
        "card" => l["Card"],
        "cash" => l["Cash"],
        "cheque" => l["Cheque"],
        "transfer" => l["Bank transfer"],
        "other" => l["Another way"],
        _ => l["Bank debit"],
    };
}

using System.Globalization;
using Latchkey.Platform.Payments;

namespace Latchkey.Features.Payments;

/// <summary>A card or a bank account by what a customer recognises it by: Visa •••• 4242.</summary>
public static class MethodNames
{
    internal static string? Of(StripeCharge? charge) => charge is null ? null : Of(charge.MethodType ?? "card", charge.Brand, null, charge.Last4);

    public static string Of(string type, string? brand, string? bank, string? last4)
    {
        string name = (brand, bank, type) switch
        {
            ({ Length: > 0 }, _, _) => CultureInfo.InvariantCulture.TextInfo.ToTitleCase(brand.Replace('_', ' ')),
            (_, { Length: > 0 }, _) => bank,
            (_, _, "card") => "Card",
            _ => CultureInfo.InvariantCulture.TextInfo.ToTitleCase(type.Replace('_', ' ')),
        };
        return last4 is { Length: > 0 } ? $"{name} •••• {last4}" : name;
    }
}

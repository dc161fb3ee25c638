using System.Globalization;

namespace Latchkey.Platform;

/// <summary>An amount in minor units of a currency (ISO 4217).</summary>
public sealed record Money(long Minor, string Currency)
{
    private static readonly string[] WithoutMinorUnit = ["JPY", "KRW", "CLP", "ISK", "VND", "XAF", "XOF", "XPF"];

    /// <summary>As the current language writes it, with the currency's code: a $ alone does not say whose.</summary>
    public override string ToString()
    {
        int digits = DigitsOf(Currency);
        decimal major = digits == 0 ? Minor : Minor / 100m;
        return $"{major.ToString($"N{digits}", CultureInfo.CurrentCulture)} {Currency}";
    }

    /// <summary>As it stands in a field, in any language: 49.90.</summary>
    public string Typed => DigitsOf(Currency) == 0 ? Minor.ToString(CultureInfo.InvariantCulture) : (Minor / 100m).ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>From an amount as people write it; null when it is finer than the currency's smallest coin.</summary>
    public static Money? OfMajor(decimal major, string currency)
    {
        decimal minor = DigitsOf(currency) == 0 ? major : major * 100;
        return decimal.Truncate(minor) == minor ? new Money((long)minor, currency) : null;
    }

    private static int DigitsOf(string currency) => Array.IndexOf(WithoutMinorUnit, currency) >= 0 ? 0 : 2;
}

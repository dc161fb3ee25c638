using System.Globalization;

namespace Latchkey.Platform.Payments;

/// <summary>The fields of a request to Stripe: <c>a[b][0][c]=v</c>, times in seconds, money in minor units. What is null is left out.</summary>
public sealed class StripeForm
{
    private readonly List<KeyValuePair<string, string>> fields = [];

    public IReadOnlyList<KeyValuePair<string, string>> Fields => fields;

    public StripeForm With(string name, string? value)
    {
        if (value is not null) fields.Add(KeyValuePair.Create(name, value));
        return this;
    }

    public StripeForm With(string name, long value) => With(name, value.ToString(CultureInfo.InvariantCulture));

    public StripeForm With(string name, bool value) => With(name, value ? "true" : "false");

    public StripeForm With(string name, DateTimeOffset? value) => With(name, value?.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));

    public StripeForm With(string name, IReadOnlyList<string> values)
    {
        for (int i = 0; i < values.Count; i++) With($"{name}[{i}]", values[i]);
        return this;
    }

    /// <summary>The current language, as Stripe names it. A worker has none.</summary>
    public static string Locale => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName is ("fr" or "en") and var known ? known : "auto";
}

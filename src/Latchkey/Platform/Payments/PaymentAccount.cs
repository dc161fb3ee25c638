namespace Latchkey.Platform.Payments;

/// <summary>An account at the payment provider: Stripe's, or the built-in test checkout.</summary>
public sealed record PaymentAccount
{
    public const string StripeName = "stripe", TestName = "test";

    /// <summary>Name of the provider, as payments keep it.</summary>
    public required string Provider { get; init; }
    public required string Key { get; init; }
    /// <summary>More than one while a secret is changed: each is good.</summary>
    public required IReadOnlyList<string> Secrets { get; init; }
    public required Uri ApiBase { get; init; }
    /// <summary>Whether pre-authorized debits are switched on at the provider: it refuses a method that is not.</summary>
    public required bool Debits { get; init; }

    public bool IsTest => Provider == TestName;

    /// <summary>Whether real money moves: events of the other mode are not for us.</summary>
    public bool IsLive => Key.Contains("_live_", StringComparison.Ordinal);

    /// <param name="key">sk_… or rk_….</param>
    /// <param name="secrets">whsec_…, separated by commas or spaces.</param>
    /// <param name="apiBase">Where the API is.</param>
    /// <param name="debits">Whether debits are switched on there.</param>
    public static PaymentAccount Stripe(string key, string secrets, Uri apiBase, bool debits) => new()
    {
        Provider = StripeName,
        Key = key,
        Secrets = secrets.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        ApiBase = apiBase,
        Debits = debits,
    };

    /// <summary>What of it can't be right. An empty secret would let anybody report payments.</summary>
    public WrongSecret Wrong =>
        !(Key.StartsWith("sk_", StringComparison.Ordinal) || Key.StartsWith("rk_", StringComparison.Ordinal)) || Key.Length is < 12 or > 255 || !Key.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') ? WrongSecret.Key
        : Secrets.Count is 0 or > 4 || !Secrets.All(s => s.Length is >= 16 and <= 255 && s.All(c => c is > ' ' and <= '~')) ? WrongSecret.WebhookSecret
        : WrongSecret.None;

    /// <summary>Ways to pay in a currency, as Stripe names them.</summary>
    public IReadOnlyList<string> MethodsFor(string currency) => !Debits ? ["card"] : currency.ToUpperInvariant() switch
    {
        "CAD" => ["card", "acss_debit"],
        "USD" => ["card", "us_bank_account"],
        "EUR" => ["card", "sepa_debit"],
        "GBP" => ["card", "bacs_debit"],
        _ => ["card"],
    };

    // The record's own would print the key.
    public override string ToString() => $"{Provider} at {ApiBase}";
}

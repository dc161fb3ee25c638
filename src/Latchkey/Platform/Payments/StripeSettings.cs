using Latchkey.Platform.Mail.Providers;

namespace Latchkey.Platform.Payments;

/// <summary>The installation's own account at Stripe: <c>Stripe__ApiKey</c> and what goes with it. Organizations may have their own instead.</summary>
public sealed record StripeSettings
{
    public static readonly Uri Stripe = new("https://api.stripe.com");

    /// <summary>Null: the installation has no account.</summary>
    public PaymentAccount? Account { get; init; }
    public required Uri ApiBase { get; init; }
    public required TimeSpan Timeout { get; init; }

    /// <exception cref="FormatException">Says what to write instead; never repeats a value.</exception>
    public static StripeSettings Read(IConfiguration configuration)
    {
        var apiBase = ProviderSetting.Address(configuration["Stripe:ApiBase"], Stripe.AbsoluteUri.TrimEnd('/'), "Stripe__ApiBase");
        string? key = configuration["Stripe:ApiKey"], secret = configuration["Stripe:WebhookSecret"];
        if (key is not { Length: > 0 } && secret is { Length: > 0 }) throw new FormatException("Stripe__WebhookSecret is set without Stripe__ApiKey.");
        return new StripeSettings
        {
            ApiBase = apiBase,
            Timeout = configuration["Stripe:TimeoutSeconds"] is not { Length: > 0 } text ? TimeSpan.FromSeconds(20)
                : int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int seconds) && seconds is >= 1 and <= 80 ? TimeSpan.FromSeconds(seconds)
                : throw new FormatException("Stripe__TimeoutSeconds must be a number from 1 to 80."),
            Account = key is { Length: > 0 } ? Checked(PaymentAccount.Stripe(key, secret ?? "", apiBase, debits: IsOn(configuration["Stripe:Debits"]))) : null,
        };
    }

    private static PaymentAccount Checked(PaymentAccount account) => account.Wrong switch
    {
        WrongSecret.None => account,
        WrongSecret.Key => throw new FormatException("Stripe__ApiKey must be a secret key of Stripe. It begins with sk_ or rk_."),
        WrongSecret.WebhookSecret => throw new FormatException("Stripe__WebhookSecret must be the signing secret of the webhook endpoint at Stripe. It begins with whsec_."),
    };

    private static bool IsOn(string? text) => text switch
    {
        null or "" or "no" or "off" or "false" => false,
        "yes" or "on" or "true" => true,
        _ => throw new FormatException("Stripe__Debits must be yes or no."),
    };
}

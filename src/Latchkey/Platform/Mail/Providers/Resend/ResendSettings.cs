namespace Latchkey.Platform.Mail.Providers.Resend;

/// <summary>An account at Resend: <c>Resend__ApiKey</c> and what goes with it.</summary>
internal sealed record ResendSettings
{
    public required string ApiKey { get; init; }
    /// <summary>The webhook's signing secret, <c>whsec_</c> and base 64.</summary>
    public string? WebhookSecret { get; init; }
    public required Uri ApiBase { get; init; }

    /// <exception cref="FormatException">Says what to write instead; never repeats a value.</exception>
    public static ResendSettings Read(IConfiguration configuration) => new()
    {
        ApiKey = ProviderSetting.Needed(configuration["Resend:ApiKey"], "Resend__ApiKey"),
        WebhookSecret = ProviderSetting.Checked(configuration["Resend:WebhookSecret"], "Resend__WebhookSecret"),
        ApiBase = ProviderSetting.Address(configuration["Resend:ApiBase"], "https://api.resend.com", "Resend__ApiBase"),
    };

    // The record's own would print the key.
    public override string ToString() => $"Resend at {ApiBase}";
}

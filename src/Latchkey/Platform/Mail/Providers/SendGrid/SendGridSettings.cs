namespace Latchkey.Platform.Mail.Providers.SendGrid;

/// <summary>An account at SendGrid: <c>SendGrid__ApiKey</c> and what goes with it.</summary>
internal sealed record SendGridSettings
{
    public required string ApiKey { get; init; }
    /// <summary>The public key that SendGrid shows for its signed event webhook: base 64 of a SubjectPublicKeyInfo.</summary>
    public string? VerificationKey { get; init; }
    public required Uri ApiBase { get; init; }

    /// <exception cref="FormatException">Says what to write instead; never repeats a value.</exception>
    public static SendGridSettings Read(IConfiguration configuration)
    {
        bool european = ProviderSetting.IsEuropean(configuration["SendGrid:Region"], "SendGrid__Region");
        return new SendGridSettings
        {
            ApiKey = ProviderSetting.Needed(configuration["SendGrid:ApiKey"], "SendGrid__ApiKey"),
            VerificationKey = ProviderSetting.Checked(configuration["SendGrid:WebhookKey"], "SendGrid__WebhookKey"),
            ApiBase = ProviderSetting.Address(
                configuration["SendGrid:ApiBase"], european ? "https://api.eu.sendgrid.com" : "https://api.sendgrid.com", "SendGrid__ApiBase"),
        };
    }

    // The record's own would print the key.
    public override string ToString() => $"SendGrid at {ApiBase}";
}

namespace Latchkey.Platform.Mail.Providers.Mailgun;

/// <summary>A sending domain at Mailgun: <c>Mailgun__ApiKey</c>, <c>Mailgun__Domain</c> and what goes with them.</summary>
internal sealed record MailgunSettings
{
    public required string ApiKey { get; init; }
    public required string Domain { get; init; }
    /// <summary>The HTTP webhook signing key; of the parent account too, when this is a subaccount.</summary>
    public string? SigningKey { get; init; }
    public required Uri ApiBase { get; init; }

    /// <exception cref="FormatException">Says what to write instead; never repeats a value.</exception>
    public static MailgunSettings Read(IConfiguration configuration)
    {
        bool european = ProviderSetting.IsEuropean(configuration["Mailgun:Region"], "Mailgun__Region");
        string domain = ProviderSetting.Needed(configuration["Mailgun:Domain"], "Mailgun__Domain");
        return new MailgunSettings
        {
            ApiKey = ProviderSetting.Needed(configuration["Mailgun:ApiKey"], "Mailgun__ApiKey"),
            Domain = Uri.CheckHostName(domain) == UriHostNameType.Dns ? domain : throw new FormatException("Mailgun__Domain must be a domain such as mg.example.com."),
            SigningKey = ProviderSetting.Checked(configuration["Mailgun:WebhookKey"], "Mailgun__WebhookKey"),
            ApiBase = ProviderSetting.Address(
                configuration["Mailgun:ApiBase"], european ? "https://api.eu.mailgun.net" : "https://api.mailgun.net", "Mailgun__ApiBase"),
        };
    }

    // The record's own would print the key.
    public override string ToString() => $"Mailgun at {ApiBase}";
}

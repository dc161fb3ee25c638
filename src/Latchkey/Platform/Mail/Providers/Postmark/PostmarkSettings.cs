namespace Latchkey.Platform.Mail.Providers.Postmark;

/// <summary>A server at Postmark: <c>Postmark__ServerToken</c> and what goes with it.</summary>
internal sealed record PostmarkSettings
{
    public required string ServerToken { get; init; }
    public required string MessageStream { get; init; }
    /// <summary>Name and password that stand in the address given to Postmark: it signs nothing.</summary>
    public string? WebhookUser { get; init; }
    public string? WebhookPassword { get; init; }
    public required Uri ApiBase { get; init; }

    /// <exception cref="FormatException">Says what to write instead; never repeats a value.</exception>
    public static PostmarkSettings Read(IConfiguration configuration)
    {
        var read = new PostmarkSettings
        {
            ServerToken = ProviderSetting.Needed(configuration["Postmark:ServerToken"], "Postmark__ServerToken"),
            MessageStream = ProviderSetting.Checked(configuration["Postmark:MessageStream"], "Postmark__MessageStream") ?? "outbound",
            WebhookUser = ProviderSetting.Checked(configuration["Postmark:WebhookUser"], "Postmark__WebhookUser"),
            WebhookPassword = ProviderSetting.Checked(configuration["Postmark:WebhookPassword"], "Postmark__WebhookPassword"),
            ApiBase = ProviderSetting.Address(configuration["Postmark:ApiBase"], "https://api.postmarkapp.com", "Postmark__ApiBase"),
        };
        return (read.WebhookUser is null) == (read.WebhookPassword is null) ? read
            : throw new FormatException("Postmark__WebhookUser and Postmark__WebhookPassword go together.");
    }

    // The record's own would print the token.
    public override string ToString() => $"Postmark at {ApiBase}";
}

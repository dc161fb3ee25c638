namespace Latchkey.Platform.Mail.Providers;

/// <summary>What an organization sets for a provider of its own.</summary>
public static class MailProviderFields
{
    /// <summary>As in settings and addresses.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Enum.GetValues<MailProviderName>().Select(Word)];

    public static string Word(this MailProviderName name) => name.ToString().ToLowerInvariant();

    /// <returns>Null when there is no such provider.</returns>
    public static MailProviderName? Named(string text) => Names.Contains(text, StringComparer.Ordinal) ? Enum.Parse<MailProviderName>(text, ignoreCase: true) : null;

    public static IReadOnlyList<string> Of(MailProviderName name) => name switch
    {
        MailProviderName.Postmark => ["ServerToken", "MessageStream", "WebhookUser", "WebhookPassword"],
        MailProviderName.Ses => ["Region", "AccessKeyId", "SecretAccessKey", "SessionToken", "ConfigurationSet", "TopicArns"],
        MailProviderName.SendGrid => ["ApiKey", "Region", "WebhookKey"],
        MailProviderName.Mailgun => ["ApiKey", "Domain", "Region", "WebhookKey"],
        MailProviderName.Resend => ["ApiKey", "WebhookSecret"],
    };
}

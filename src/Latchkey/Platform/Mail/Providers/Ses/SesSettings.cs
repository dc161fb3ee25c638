using System.Text.RegularExpressions;

namespace Latchkey.Platform.Mail.Providers.Ses;

/// <summary>Amazon SES in one region: <c>Ses__Region</c>, <c>Ses__AccessKeyId</c>, <c>Ses__SecretAccessKey</c> and what goes with them.</summary>
internal sealed partial record SesSettings
{
    public required string Region { get; init; }
    public required string AccessKeyId { get; init; }
    public required string SecretAccessKey { get; init; }
    /// <summary>Goes with keys that are valid for some hours only.</summary>
    public string? SessionToken { get; init; }
    public string? ConfigurationSet { get; init; }
    /// <summary>The SNS topics whose messages are believed: a stranger's topic is signed as validly.</summary>
    public required IReadOnlyList<string> TopicArns { get; init; }
    public required Uri ApiBase { get; init; }

    /// <exception cref="FormatException">Says what to write instead; never repeats a value.</exception>
    public static SesSettings Read(IConfiguration configuration)
    {
        string region = ProviderSetting.Needed(configuration["Ses:Region"], "Ses__Region");
        if (!RegionName().IsMatch(region)) throw new FormatException("Ses__Region must be a region such as us-east-1.");
        return new SesSettings
        {
            Region = region,
            AccessKeyId = ProviderSetting.Needed(configuration["Ses:AccessKeyId"], "Ses__AccessKeyId"),
            SecretAccessKey = ProviderSetting.Needed(configuration["Ses:SecretAccessKey"], "Ses__SecretAccessKey"),
            SessionToken = ProviderSetting.Checked(configuration["Ses:SessionToken"], "Ses__SessionToken"),
            ConfigurationSet = ProviderSetting.Checked(configuration["Ses:ConfigurationSet"], "Ses__ConfigurationSet"),
            TopicArns = [.. (configuration["Ses:TopicArns"] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(ReadTopic)],
            ApiBase = ProviderSetting.Address(configuration["Ses:ApiBase"], $"https://email.{region}.amazonaws.com", "Ses__ApiBase"),
        };
    }

    // The record's own would print the keys.
    public override string ToString() => $"Amazon SES at {ApiBase}";

    private static string ReadTopic(string text) => Topic().IsMatch(text) ? text
        : throw new FormatException("Ses__TopicArns must be topics such as arn:aws:sns:us-east-1:123456789012:mail, with commas between them.");

    [GeneratedRegex(@"^[a-z]{2}(-[a-z]+)+-\d{1,2}\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RegionName();
    [GeneratedRegex(@"^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_.-]{1,256}\z", RegexOptions.None, 1000)]
    private static partial Regex Topic();
}

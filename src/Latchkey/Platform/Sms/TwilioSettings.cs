using System.Text.RegularExpressions;
using Latchkey.SignIn;

namespace Latchkey.Platform.Sms;

/// <summary>The Twilio account that texts leave by: <c>Twilio__AccountSid</c>, <c>Twilio__AuthToken</c>, <c>Twilio__From</c>, <c>Twilio__ApiBase</c>.</summary>
public sealed partial record TwilioSettings
{
    public required string AccountSid { get; init; }
    /// <summary>Signs Twilio's callbacks too.</summary>
    public required string AuthToken { get; init; }
    /// <summary>A number in E.164 form, a short code, a sender name, or a messaging service.</summary>
    public required string From { get; init; }
    public required Uri ApiBase { get; init; }

    public bool IsMessagingService => MessagingService().IsMatch(From);

    /// <returns>Null when nothing is set.</returns>
    /// <exception cref="FormatException">Says what to write instead; never repeats a value.</exception>
    public static TwilioSettings? Read(IConfiguration configuration)
    {
        string sid = configuration["Twilio:AccountSid"] ?? "", token = configuration["Twilio:AuthToken"] ?? "", from = configuration["Twilio:From"] ?? "";
        if (sid.Length + token.Length + from.Length == 0) return null;
        if (sid.Length == 0 || token.Length == 0 || from.Length == 0)
            throw new FormatException("SMS needs Twilio__AccountSid, Twilio__AuthToken and Twilio__From, all three.");
        if (!Account().IsMatch(sid)) throw new FormatException("Twilio__AccountSid must be AC and 32 hexadecimal digits, as the Twilio console shows it.");
        return new TwilioSettings { AccountSid = sid, AuthToken = token, From = ReadSender(from), ApiBase = ReadBase(configuration["Twilio:ApiBase"]) };
    }

    // The record's own would print the token.
    public override string ToString() => $"Twilio at {ApiBase}";

    private static string ReadSender(string text) =>
        MessagingService().IsMatch(text) || ShortCodeOrName().IsMatch(text) ? text
        : PhoneNumber.TryRead(text, null, out var number) ? number.Value
        : throw new FormatException("Twilio__From must be a number such as +15551234567, a short code, a sender name of at most 11 letters and digits, or MG and 32 hexadecimal digits.");

    private static Uri ReadBase(string? text) =>
        string.IsNullOrEmpty(text) ? new Uri("https://api.twilio.com")
        : Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback)) ? url
        : throw new FormatException("Twilio__ApiBase must be an https:// address: the token goes there.");

    [GeneratedRegex(@"^AC[0-9a-fA-F]{32}\z", RegexOptions.None, 1000)]
    private static partial Regex Account();

    [GeneratedRegex(@"^MG[0-9a-fA-F]{32}\z", RegexOptions.None, 1000)]
    private static partial Regex MessagingService();

    [GeneratedRegex(@"^([0-9]{3,6}|(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11})\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ShortCodeOrName();
}

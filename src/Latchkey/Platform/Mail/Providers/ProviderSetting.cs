using Latchkey.Platform.Mail.Mime;

namespace Latchkey.Platform.Mail.Providers;

/// <summary>Checks that the settings of all providers share. What throws says what to write instead, and never repeats a value.</summary>
internal static class ProviderSetting
{
    public static string Needed(string? value, string name) => Checked(value, name) ?? throw new FormatException($"{name} is missing: mail cannot be sent without it.");

    /// <returns>Null when it is not set.</returns>
    public static string? Checked(string? value, string name) =>
        string.IsNullOrEmpty(value) ? null
        : value.Length <= 2000 && value.All(c => c is > ' ' and <= '~') ? value
        : throw new FormatException($"{name} must be one word of printable characters, as the provider shows it.");

    public static Uri Address(string? value, string usual, string name) =>
        string.IsNullOrEmpty(value) ? new Uri(usual)
        : Uri.TryCreate(value, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback)) ? url
        : throw new FormatException($"{name} must be an https:// address: the key goes there.");

    /// <summary>The European address of providers that have one.</summary>
    public static bool IsEuropean(string? value, string name) => value switch
    {
        null or "" or "us" => false,
        "eu" => true,
        _ => throw new FormatException($"{name} must be us or eu."),
    };

    /// <summary>A sender as in a header: <c>"Northgate \"N\" Storage" &lt;portal@northgate.example&gt;</c>.</summary>
    public static string Mailbox(MailAddressee sender) => HeaderWriter.Cut(sender.Name?.Trim() ?? "") is { Length: > 0 } name
        ? $"\"{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\" <{sender.Address}>"
        : sender.Address;
}

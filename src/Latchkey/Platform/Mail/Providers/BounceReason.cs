using System.Globalization;
using System.Text.RegularExpressions;

namespace Latchkey.Platform.Mail.Providers;

/// <summary>Why an addressee's mail server refused, from its enhanced status (RFC 3463) or its reply code.</summary>
internal static partial class BounceReason
{
    public static MailReason Of(string? words, MailReason otherwise) => Status(words) switch
    {
        "1.1" or "1.6" or "2.1" => MailReason.NoMailbox,
        "1.2" or "1.10" or "4.4" => MailReason.NoSuchDomain,
        "2.2" => MailReason.MailboxFull,
        "2.3" or "3.4" => MailReason.TooLarge,
        var other when other.StartsWith("7.", StringComparison.Ordinal) => MailReason.Unwanted,
        _ => otherwise,
    };

    /// <summary>Greylisting and the like is worded as a refusal too; that it is none yet is what matters.</summary>
    public static MailReason OfDelay(string? words) => Of(words, MailReason.Deferred) == MailReason.MailboxFull ? MailReason.MailboxFull : MailReason.Deferred;

    /// <summary>The three-digit reply code in the words.</summary>
    public static int? Code(string? words) =>
        words is not null && Reply().Match(words) is { Success: true } found ? int.Parse(found.Value, CultureInfo.InvariantCulture) : null;

    /// <summary>Without the class, such as <c>1.1</c>: of a refusal for now and one for good it says the same.</summary>
    private static string Status(string? words) => words is not null && Enhanced().Match(words) is { Success: true } found ? found.Groups["rest"].Value : "";

    [GeneratedRegex(@"(?<![\d.])[45]\.(?<rest>\d{1,3}\.\d{1,3})(?![\d.]*\d)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Enhanced();
    [GeneratedRegex(@"(?<![\d.])[245]\d\d(?![\d.]*\d)", RegexOptions.None, 1000)]
    private static partial Regex Reply();
}

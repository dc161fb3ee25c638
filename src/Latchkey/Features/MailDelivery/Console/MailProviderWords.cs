using Latchkey.Platform.Mail.Inbox;
using Latchkey.Platform.Mail.Providers;
using Latchkey.Platform.Web;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.MailDelivery.Console;

/// <summary>Mail providers, and what is set for one, in words.</summary>
internal static class MailProviderWords
{
    public static string Name(MailProviderName name) => name switch
    {
        MailProviderName.Postmark => "Postmark",
        MailProviderName.Ses => "Amazon SES",
        MailProviderName.SendGrid => "SendGrid",
        MailProviderName.Mailgun => "Mailgun",
        MailProviderName.Resend => "Resend",
    };

    /// <summary>What is shown again. Everything else is a key or a password, and never leaves the database in the clear.</summary>
    public static bool IsShown(string field) => field is "MessageStream" or "Region" or "ConfigurationSet" or "TopicArns" or "Domain" or "WebhookUser" or "AccessKeyId";

    public static bool IsNeeded(MailProviderName provider, string field) => field is "ServerToken" or "ApiKey" or "AccessKeyId" or "SecretAccessKey" or "Domain"
        || (provider == MailProviderName.Ses && field == "Region");

    public static (string Label, string? Hint) Field(IStringLocalizer<Texts> l, MailProviderName provider, string field) => (provider, field) switch
    {
        (_, "ServerToken") => (l["Server API token"], null),
        (_, "MessageStream") => (l["Message stream"], l["Empty: outbound."]),
        (_, "WebhookUser") => (l["Name for reports"], l["Make one up, and write it into the address for reports: https://name:password@…"]),
        (_, "WebhookPassword") => (l["Password for reports"], l["Make up a long one. It goes with the name."]),
        (MailProviderName.Ses, "Region") => (l["Region"], l["Such as us-east-1."]),
        (_, "Region") => (l["Region"], l["us or eu. Empty: us."]),
        (_, "AccessKeyId") => (l["Access key ID"], null),
        (_, "SecretAccessKey") => (l["Secret access key"], null),
        (_, "SessionToken") => (l["Session token of temporary keys"], l["Only with temporary keys."]),
        (_, "ConfigurationSet") => (l["Configuration set"], l["Needed for reports."]),
        (_, "TopicArns") => (l["SNS topics of the reports"], l["With commas between them. Reports of other topics are not believed."]),
        (_, "ApiKey") => (l["API key"], null),
        (_, "Domain") => (l["Sending domain"], l["Such as mg.example.com."]),
        (MailProviderName.SendGrid, "WebhookKey") => (l["Verification key of reports"], l["SendGrid shows it at the signed event webhook."]),
        (_, "WebhookKey") => (l["Signing key of reports"], l["Mailgun shows it as HTTP webhook signing key."]),
        (_, "WebhookSecret") => (l["Signing secret of reports"], l["Resend shows it at the webhook. It begins with whsec_."]),
        _ => (field, null),
    };

    public static (string Word, string Colour, string Icon) State(IStringLocalizer<Texts> l, WebhookState state) => state switch
    {
        WebhookState.Queued => (l["Waiting"], "info", "clock"),
        WebhookState.Done => (l["Done"], "success", "check"),
        WebhookState.Unmatched => (l["About no mail of ours"], "neutral", "none"),
        WebhookState.Failed => (l["Failed"], "danger", "alert"),
    };

    /// <summary>What the inbox noted, which it does in English.</summary>
    public static string? Reason(IStringLocalizer<Texts> l, string? reason) => reason switch
    {
        null => null,
        "It is about no mail of ours." => l["It is about no mail of ours."],
        "It says nothing about the way of a mail." => l["It says nothing about the way of a mail."],
        "No mail of ours has this name yet." => l["No mail of ours has this name yet."],
        "It cannot be read with this installation's key." => l["It cannot be read with this installation's key."],
        "It was tried too often. The log says why." => l["It was tried too often. The log says why."],
        "It could not be worked off. The log says why." => l["It could not be worked off. The log says why."],
        _ => reason,
    };
}

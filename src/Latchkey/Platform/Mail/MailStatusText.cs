using Latchkey.Platform.Web;
using Microsoft.Extensions.Localization;

namespace Latchkey.Platform.Mail;

/// <summary>How a status is shown.</summary>
public static class MailStatusText
{
    public static string Name(IStringLocalizer<Texts> l, MailStatus status) => status switch
    {
        MailStatus.Queued => l["Queued"],
        MailStatus.Delayed => l["Delayed"],
        MailStatus.Sent => l["Sent"],
        MailStatus.Delivered => l["Delivered"],
        MailStatus.Failed => l["Failed"],
    };

    /// <summary>What "sent" can mean at most: a mail server that takes a mail reports nothing later.</summary>
    public static string? Help(IStringLocalizer<Texts> l, MailStatus status) => status == MailStatus.Sent ? l["Accepted by the mail server"].Value : null;
}

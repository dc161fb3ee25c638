using Latchkey.Platform.Mail.Providers.Mailgun;
using Latchkey.Platform.Mail.Providers.Postmark;
using Latchkey.Platform.Mail.Providers.Resend;
using Latchkey.Platform.Mail.Providers.SendGrid;
using Latchkey.Platform.Mail.Providers.Ses;

namespace Latchkey.Platform.Mail.Providers;

/// <summary>Reads an event of any provider: an account that was changed since it came is not needed for it.</summary>
internal static class MailEvents
{
    /// <returns>Null for what says nothing about the way of a mail, such as that it was opened.</returns>
    public static MailEvent? Read(MailProviderName provider, ProviderJson json) => provider switch
    {
        MailProviderName.Postmark => PostmarkEvents.Read(json),
        MailProviderName.Ses => SesEvents.Read(json),
        MailProviderName.SendGrid => SendGridEvents.Read(json),
        MailProviderName.Mailgun => MailgunEvents.Read(json),
        MailProviderName.Resend => ResendEvents.Read(json),
    };
}

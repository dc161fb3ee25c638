using Latchkey.Platform.Mail;
using Latchkey.Platform.Tenancy;

namespace Latchkey.Platform.Sms;

/// <summary>Whether texts can be sent at all: by Twilio, or into the built-in mailbox of one's own machine.</summary>
public sealed class SmsChannel(bool hasTwilio, BuiltInMailbox? mailbox, PublicAddress addresses)
{
    /// <summary>While this is false nothing is written to <see cref="MailLane.Sms"/>: nobody would send it.</summary>
    public bool IsOn => hasTwilio || (mailbox is not null && addresses.IsLocal);
}

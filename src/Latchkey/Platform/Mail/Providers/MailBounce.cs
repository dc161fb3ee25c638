namespace Latchkey.Platform.Mail.Providers;

/// <summary>The kinds of bounce of Amazon SES, which Resend passes on.</summary>
internal static class MailBounce
{
    public static MailReason Reason(string? subType, string? words) => subType switch
    {
        "NoEmail" => MailReason.NoMailbox,
        "Suppressed" or "OnAccountSuppressionList" => MailReason.BouncedBefore,
        "MailboxFull" => MailReason.MailboxFull,
        "MessageTooLarge" => MailReason.TooLarge,
        "ContentRejected" or "AttachmentRejected" => MailReason.Unwanted,
        _ => BounceReason.Of(words, MailReason.Bounced),
    };
}

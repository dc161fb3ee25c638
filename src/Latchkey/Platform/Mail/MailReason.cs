namespace Latchkey.Platform.Mail;

/// <summary>Why a mail failed or is delayed. Of two reports that rank alike the later in this list stays, so keep the order.</summary>
public enum MailReason
{
    /// <summary>No failure: what a provider's yes means.</summary>
    Taken = 1,
    Deferred,
    GaveUp,
    Bounced,
    Unwanted,
    TooLarge,
    MailboxFull,
    NoSuchDomain,
    NoMailbox,
    AddressRefused,
    ProviderRefused,
    OnProvidersList,
    BouncedBefore,
    ComplainedBefore,
    Complained,
    SenderNotVerified,
    QuotaUsedUp,
    TooFast,
    AccountPaused,
    ProviderInTrouble,
    ProviderUnreachable,
    ProviderSilent,
    SettingsUnreadable,
    PostmarkKey,
    SesKeys,
    SesSet,
    SendGridKey,
    MailgunKey,
    MailgunDomain,
    ResendKey,
}

namespace Latchkey.SignIn.Diagnosis;

/// <summary>One answer to the question why somebody does not get in.</summary>
/// <param name="Cause">What it is.</param>
/// <param name="Confidence">How sure.</param>
/// <param name="Since">When it began; null when that is not known.</param>
/// <param name="Fix">What puts it right.</param>
/// <param name="Say">What may be said to whoever calls. It tells nothing about what is on record.</param>
/// <param name="Evidence">The facts that it rests on, in the order in which they happened.</param>
public sealed record Finding(Cause Cause, Confidence Confidence, DateTimeOffset? Since, Fix Fix, Say Say, IReadOnlyList<Evidence> Evidence)
{
    /// <summary>Who may apply the fix.</summary>
    public WhoMay WhoMay => Fixes.WhoMay(Fix);
}

/// <summary>How sure a finding is.</summary>
public enum Confidence
{
    /// <summary>It would explain it; nothing proves it.</summary>
    Possible,
    /// <summary>Most of the time.</summary>
    Likely,
    /// <summary>The record says so.</summary>
    Certain,
}

/// <summary>One fact on record.</summary>
/// <param name="Kind">What is told.</param>
/// <param name="At">When it was, where it has a time.</param>
/// <param name="Text">A name, an address or a reason, where it has one. For staff only.</param>
/// <param name="Number">A number, where it has one.</param>
public sealed record Evidence(EvidenceKind Kind, DateTimeOffset? At = null, string? Text = null, int Number = 0);

/// <summary>What a line of evidence tells.</summary>
public enum EvidenceKind
{
    /// <summary>A link was asked for; with the number of times.</summary>
    Asked,
    /// <summary>Nobody asked for a link lately.</summary>
    NotAsked,
    /// <summary>Staff sent a link.</summary>
    AskedByStaff,
    /// <summary>Asking is refused until then.</summary>
    LimitedUntil,
    /// <summary>No account has the address.</summary>
    NoAccount,
    /// <summary>The customer record, by name.</summary>
    OnRecord,
    /// <summary>The address on the customer record.</summary>
    RecordAddress,
    /// <summary>The record has no address, or one that mail cannot reach.</summary>
    RecordWithoutAddress,
    /// <summary>The account's address.</summary>
    AccountAddress,
    /// <summary>An address that is almost the same; the number of letters that differ.</summary>
    NearAddress,
    /// <summary>A storefront of the organization that knows the address.</summary>
    KnownElsewhere,
    /// <summary>A mail waits since then.</summary>
    QueuedSince,
    /// <summary>What the mail server or the provider said.</summary>
    MailFailed,
    /// <summary>No mail was taken since then; with the number that wait.</summary>
    RelaySilentSince,
    /// <summary>Mails to the domain are refused, whoever they are for; with the number of customers who wait.</summary>
    DomainRefuses,
    /// <summary>Mails to the domain are put off, whoever they are for; with the number of customers who wait.</summary>
    DomainPutsOff,
    /// <summary>The mail was handed over.</summary>
    Sent,
    /// <summary>The addressee's server has it.</summary>
    Delivered,
    /// <summary>Mail to the address is held back, with the reason.</summary>
    Suppressed,
    /// <summary>A text failed, with the reason.</summary>
    TextFailed,
    /// <summary>There is no phone number on file.</summary>
    PhoneMissing,
    /// <summary>A record that the domain of the sender lacks (RFC 7208, RFC 7489): mail may land in the spam folder.</summary>
    SenderLacks,
    /// <summary>Nobody opened the link.</summary>
    NotOpened,
    /// <summary>A program opened the link so many times.</summary>
    OpenedByProgram,
    /// <summary>The browser that asked opened it.</summary>
    OpenedByAsker,
    /// <summary>Another browser opened it.</summary>
    OpenedElsewhere,
    /// <summary>The link page refused it then.</summary>
    TurnedAway,
    /// <summary>The link's time was over.</summary>
    LinkEnded,
    /// <summary>The link's request was ended, with the reason.</summary>
    Revoked,
    /// <summary>Wrong numbers were typed.</summary>
    WrongNumbers,
    /// <summary>Codes were typed that did not sign in.</summary>
    WrongCodes,
    /// <summary>The code's time was over.</summary>
    CodeEnded,
    /// <summary>They signed in, with the means.</summary>
    SignedIn,
    /// <summary>The cookie never came back.</summary>
    CookieMissing,
    /// <summary>The session ended, with the reason.</summary>
    SessionEnded,
    /// <summary>The account's state.</summary>
    AccountState,
    /// <summary>The account was made.</summary>
    AccountMade,
    /// <summary>The other account that it was merged into.</summary>
    MergedInto,
    /// <summary>Wrong passwords were typed.</summary>
    WrongPasswords,
    /// <summary>The password path pauses until then.</summary>
    PasswordPaused,
    /// <summary>The account has no password.</summary>
    NoPassword,
    /// <summary>A link to set a new password was sent.</summary>
    ResetSent,
    /// <summary>Its time was over.</summary>
    ResetEnded,
    /// <summary>A registration was tried.</summary>
    Registered,
    /// <summary>A record that is not linked to the account.</summary>
    NotLinked,
    /// <summary>Another account of the same name.</summary>
    OtherAccount,
    /// <summary>The host that they use.</summary>
    Host,
    /// <summary>What the page said whose help code was given.</summary>
    PageSaid,
}

namespace Latchkey.SignIn.Diagnosis;

/// <summary>Why somebody does not get in, or does not see what they expect.</summary>
public enum Cause
{
    /// <summary>The address of the page that they use is none of the organization's portals.</summary>
    UnknownHost,
    /// <summary>Their browser keeps no cookies at all.</summary>
    CookiesOff,
    /// <summary>Their mail program cut the link in two.</summary>
    LinkDamaged,
    /// <summary>The account was disabled by staff.</summary>
    AccountDisabled,
    /// <summary>The business's mail server takes no mail from us, whoever it is for.</summary>
    RelayDown,
    /// <summary>There is a customer record and no account yet.</summary>
    NoAccountYet,
    /// <summary>The customer record has no address that mail can reach.</summary>
    NoValidAddress,
    /// <summary>The account is known by another address than the one they use.</summary>
    OtherAddressOnRecord,
    /// <summary>The account's address was changed; they use the old one, or look for the mail there.</summary>
    AddressChanged,
    /// <summary>The organization knows the address on another storefront only.</summary>
    WrongStorefront,
    /// <summary>Nobody has this address, and somebody has one that is almost the same.</summary>
    AddressMistyped,
    /// <summary>Nobody has this address, nor one like it.</summary>
    UnknownAddress,
    /// <summary>Mails to the domain of their address are refused, whoever they are for.</summary>
    DomainRefusing,
    /// <summary>Mail to the address is held back: somebody asked for no more, or nothing arrived there.</summary>
    AddressSuppressed,
    /// <summary>The addressee's server took the mail and gave it back.</summary>
    MailBounced,
    /// <summary>The mail was refused when it was handed over.</summary>
    MailRejected,
    /// <summary>The text with the code did not arrive.</summary>
    SmsFailed,
    /// <summary>No phone number is on file for the code by text.</summary>
    NoPhone,
    /// <summary>The mail waits to be handed over.</summary>
    MailQueued,
    /// <summary>A limit on asking is in force.</summary>
    TooManyRequests,
    /// <summary>The session began, and the browser did not keep its cookie.</summary>
    CookieNotKept,
    /// <summary>The link was opened after its time.</summary>
    LinkExpired,
    /// <summary>The link was opened after it, or the code of its mail, had signed in.</summary>
    LinkUsed,
    /// <summary>A mail was opened whose request another sign-in had ended.</summary>
    OldMail,
    /// <summary>The link was opened on another network than the one that asked, and the policy does not allow it.</summary>
    OtherNetwork,
    /// <summary>The account was reset by support.</summary>
    AccountReset,
    /// <summary>The account was merged into another one.</summary>
    AccountMerged,
    /// <summary>The business ended their sessions and links.</summary>
    SessionsRevoked,
    /// <summary>No try at the code is left.</summary>
    CodeLocked,
    /// <summary>A code was typed after its time.</summary>
    CodeExpired,
    /// <summary>A wrong code was typed.</summary>
    CodeWrong,
    /// <summary>The account was registered with a password and its address never confirmed.</summary>
    EmailNotConfirmed,
    /// <summary>Signing in by password pauses after too many wrong ones.</summary>
    PasswordLocked,
    /// <summary>The link to set a new password was not used in time.</summary>
    ResetLinkExpired,
    /// <summary>A password was typed for an account that has none.</summary>
    PasswordWhereNone,
    /// <summary>A wrong password was typed.</summary>
    WrongPassword,
    /// <summary>They tried to register with an address that has an account.</summary>
    TakenAtSignUp,
    /// <summary>The link was opened in another browser, and what that asks for was not done.</summary>
    ConfirmationNotPressed,
    /// <summary>Only a program opened the link: a mail scanner, a preview.</summary>
    ScannerOnly,
    /// <summary>The mail was sent and nobody opened the link.</summary>
    NotOpened,
    /// <summary>A customer record of theirs is not linked to the account, so the portal does not show it.</summary>
    ContactNotLinked,
    /// <summary>They have two accounts with two addresses, and what they look for is in the other.</summary>
    TwoAccounts,
    /// <summary>Their session ended because its time was over.</summary>
    SessionExpired,
    /// <summary>They made the account themselves and never signed in by link.</summary>
    ForgottenAccount,
    /// <summary>There is an account, and no link was ever asked for or sent.</summary>
    NeverSentLink,
    /// <summary>They look for a password where there are none.</summary>
    NoPasswordHere,
    /// <summary>They signed in, and nothing went wrong since.</summary>
    NothingWrong,
    /// <summary>Nothing on record explains it.</summary>
    Unclear,
}

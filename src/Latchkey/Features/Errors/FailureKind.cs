namespace Latchkey.Features.Errors;

/// <summary>Every way in which a page says that something did not work. A test walks them all: each leads on.</summary>
public enum FailureKind
{
    LinkExpired,
    LinkUsed,
    LinkRevoked,
    LinkDamaged,
    OtherBrowser,
    OtherNetwork,
    AccountClosed,
    TooManyRequests,
    NoTriesLeft,
    CookieNotKept,
    CookiesOff,
    SessionEnded,
    OrganizationNotFound,
    NotReadable,
    FromAnotherSite,
    PageNotFound,
    NotPossibleHere,
    TooLong,
    ServerError,
    EmailNotConfirmed,
    EmailNotUndone,
    PasswordLimited,
    RegistrationNotConfirmed,
    PasswordNotReset,
}

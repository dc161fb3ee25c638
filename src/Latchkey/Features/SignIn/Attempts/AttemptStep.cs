namespace Latchkey.Features.SignIn.Attempts;

/// <summary>One step of one attempt to sign in, as far as it is known.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="At">When; null where only the number is kept.</param>
/// <param name="Times">How often.</param>
/// <param name="Detail">The reason or the means, where there is one. No address, no code.</param>
public sealed record AttemptStep(AttemptStepKind Kind, DateTimeOffset? At, int Times = 1, string? Detail = null);

/// <summary>What can happen on the way in, in the order in which it does.</summary>
public enum AttemptStepKind
{
    Asked,
    AskedAgain,
    /// <summary>Asking for the same name was refused, in this browser or another.</summary>
    Limited,
    /// <summary>An account was found.</summary>
    Resolved,
    /// <summary>None was.</summary>
    Unknown,
    ToldRightStorefront,
    ToldUnknown,
    Queued,
    Sent,
    Texted,
    Delivered,
    Failed,
    OpenedByAsker,
    OpenedElsewhere,
    /// <summary>By what does not say that it is a browser: a mail scanner, a preview.</summary>
    OpenedByProgram,
    NumberWrong,
    CodeWrong,
    /// <summary>The button was pressed in another browser than the one that asked.</summary>
    ConfirmedElsewhere,
    /// <summary>With the means as detail: link, code, staff link.</summary>
    Redeemed,
    Expired,
    Revoked,
    CookieKept,
    CookieNotKept,
}

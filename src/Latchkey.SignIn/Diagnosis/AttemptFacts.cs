namespace Latchkey.SignIn.Diagnosis;

/// <summary>One request for a link, as far as it went.</summary>
public sealed record AttemptFacts
{
    /// <summary>When it was asked for first, and last.</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>When it was asked for last.</summary>
    public required DateTimeOffset LastAskedAt { get; init; }

    /// <summary>How often it was asked for.</summary>
    public int Asks { get; init; } = 1;

    /// <summary>Whether the help code was given that stands in its mails and on the page behind its link (<see cref="HelpCode.OfLink"/>): then the caller looks at one of them.</summary>
    public bool IsNamed { get; init; }

    /// <summary>Whether a sign-up asked, in case the address has an account.</summary>
    public bool IsFromSignUp { get; init; }

    /// <summary>Whether staff asked, or copied the link.</summary>
    public bool IsByStaff { get; init; }

    /// <summary>When the name was looked up.</summary>
    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>Whether an account was found.</summary>
    public bool FoundAccount { get; init; }

    /// <summary>Its mails and texts, oldest first.</summary>
    public IReadOnlyList<MailFacts> Mails { get; init; } = [];

    /// <summary>When link and code stop working.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Looks at the link by the browser that asked.</summary>
    public int AskerOpens { get; init; }

    /// <summary>Looks by other browsers.</summary>
    public int ElsewhereOpens { get; init; }

    /// <summary>Looks by what does not say that it is a browser.</summary>
    public int ProgramOpens { get; init; }

    /// <summary>When it was first looked at.</summary>
    public DateTimeOffset? OpenedAt { get; init; }

    /// <summary>What the page behind the link said when it last let a browser go.</summary>
    public LinkStatus? TurnedAwayAs { get; init; }

    /// <summary>When it did.</summary>
    public DateTimeOffset? TurnedAwayAt { get; init; }

    /// <summary>Codes typed that did not sign in.</summary>
    public int WrongCodes { get; init; }

    /// <summary>When a code was last typed.</summary>
    public DateTimeOffset? CodeTriedAt { get; init; }

    /// <summary>When the code stopped working.</summary>
    public DateTimeOffset? CodeEndsAt { get; init; }

    /// <summary>Numbers of the waiting page typed that were wrong.</summary>
    public int WrongNumbers { get; init; }

    /// <summary>When it signed in.</summary>
    public DateTimeOffset? RedeemedAt { get; init; }

    /// <summary>By what: link, code, staff link.</summary>
    public string? RedeemedBy { get; init; }

    /// <summary>When it was ended.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>Why it was ended.</summary>
    public string? RevokedReason { get; init; }
}

/// <summary>One mail or text.</summary>
public sealed record MailFacts
{
    /// <summary>What it is about.</summary>
    public required MailAbout About { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the server or provider took it.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>When the addressee's server took it, where that is reported.</summary>
    public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>When it failed for good: refused, or given back.</summary>
    public DateTimeOffset? FailedAt { get; init; }

    /// <summary>Whether it failed after it was sent.</summary>
    public bool IsBounced { get; init; }

    /// <summary>Attempts to hand it over so far.</summary>
    public int Attempts { get; init; }

    /// <summary>The last answer of the server or provider.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether it waits to be handed over.</summary>
    public bool IsQueued => SentAt is null && FailedAt is null;
}

/// <summary>What a mail is about, as far as signing in goes.</summary>
public enum MailAbout
{
    /// <summary>A sign-in link.</summary>
    SignIn,
    /// <summary>A code by text.</summary>
    Text,
    /// <summary>That there is no account, or where there is one.</summary>
    NoAccount,
    /// <summary>A confirmation of the address.</summary>
    Confirmation,
    /// <summary>A link that sets a password.</summary>
    Reset,
    /// <summary>That the address has an account already.</summary>
    HasAccount,
    /// <summary>Anything else.</summary>
    Other,
}

/// <summary>One session of the account.</summary>
/// <param name="StartedAt">When it began.</param>
/// <param name="Means">By what.</param>
/// <param name="EndsAt">When its time is over.</param>
/// <param name="EndedAt">When it was ended before that.</param>
/// <param name="EndedReason">Why.</param>
/// <param name="KeptAt">When the browser first gave the cookie back.</param>
/// <param name="IsNamed">Whether its help code was given: then the caller looks at the page about its cookie.</param>
public sealed record SessionFacts(
    DateTimeOffset StartedAt, string Means, DateTimeOffset EndsAt, DateTimeOffset? EndedAt = null, string? EndedReason = null, DateTimeOffset? KeptAt = null,
    bool IsNamed = false);

/// <summary>What happened around a password.</summary>
public sealed record PasswordFacts
{
    /// <summary>Whether the account has one.</summary>
    public bool IsSet { get; init; }

    /// <summary>Whether a registration waits for the confirmation of the address.</summary>
    public bool IsWaiting { get; init; }

    /// <summary>Wrong ones in a row.</summary>
    public int Failures { get; init; }

    /// <summary>When one was last refused.</summary>
    public DateTimeOffset? RefusedAt { get; init; }

    /// <summary>Until when the password path pauses.</summary>
    public DateTimeOffset? LockedUntil { get; init; }

    /// <summary>Whether one was typed under the name lately.</summary>
    public bool IsTyped { get; init; }

    /// <summary>When the newest link to set a new one was made.</summary>
    public DateTimeOffset? ResetAt { get; init; }

    /// <summary>When that link stops working.</summary>
    public DateTimeOffset? ResetEndsAt { get; init; }

    /// <summary>When it was used.</summary>
    public DateTimeOffset? ResetUsedAt { get; init; }
}

namespace Latchkey.SignIn;

/// <summary>One "send me a link", as it came in. Nothing in it was looked up.</summary>
public sealed record Ask
{
    /// <summary>The address or number asked for.</summary>
    public required SignInName Name { get; init; }

    /// <summary>What the waiting page may show: the name as typed, or masked when the person did not type it.</summary>
    public required string Shown { get; init; }

    /// <summary>The browser that asked. Only it may type the code, and in it the link needs no confirmation.</summary>
    public required BrowserSecret Browser { get; init; }

    /// <summary>False when the browser was given its secret only now, so no earlier request can be its own.</summary>
    public required bool BrowserIsKnown { get; init; }

    /// <summary>The requester's address for limits and evidence: IPv4, or an IPv6 /64.</summary>
    public string? Ip { get; init; }

    /// <summary>The kind of device in a few words, such as <c>Firefox on Windows</c>.</summary>
    public string? Device { get; init; }

    /// <summary>Language of the mail when the account has none of its own (BCP 47).</summary>
    public required string Locale { get; init; }

    /// <summary>When set, the account the link is for, whatever its address is now: a dead link is being replaced.</summary>
    public Guid? AccountId { get; init; }

    /// <summary>Where in the portal the customer wants to go after signing in.</summary>
    public ReturnPath? ReturnTo { get; init; }

    /// <summary>Nobody waits for this mail on the waiting page, so no later ask joins the request: another one begins a request of its own.</summary>
    public bool IsAside { get; init; }

    /// <summary>Who asks in the customer's place, when staff do: the link then needs no browser of its own.</summary>
    public string? Staff { get; init; }
}

/// <summary>What became of an <see cref="Ask"/>. It is the same for every address.</summary>
public enum AskOutcome
{
    /// <summary>Stored; a mail follows if the address has an account.</summary>
    Accepted,
    /// <summary>The same browser asked for the same address a moment ago: nothing more is sent yet.</summary>
    AlreadySent,
    /// <summary>A limit was reached. Nothing is sent.</summary>
    Limited,
}

/// <summary>The answer to an <see cref="Ask"/>.</summary>
/// <param name="Outcome">What happened.</param>
/// <param name="RequestId">The request; empty when limited.</param>
/// <param name="AgainAt">When asking again will send another mail.</param>
public sealed record AskAnswer(AskOutcome Outcome, Guid RequestId, DateTimeOffset AgainAt);

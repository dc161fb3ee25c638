namespace Latchkey.Features.Approvals;

/// <summary>What somebody decides.</summary>
public enum Decision
{
    /// <summary>Approve, or carry out a take-over whose day is over.</summary>
    Approve,
    /// <summary>Reject, withdraw one's own, or stop a take-over.</summary>
    Reject,
}

/// <summary>What came of a decision.</summary>
public sealed record Decided(Outcome Outcome)
{
    /// <summary>The facts that are not as they were.</summary>
    public IReadOnlyList<string> Changed { get; init; } = [];
    public Obstacle? Obstacle { get; init; }
}

public enum Outcome
{
    Done,
    /// <summary>A take-over, announced to both mailboxes.</summary>
    Waits,
    Rejected,
    Unknown,
    /// <summary>Decided already, or expired.</summary>
    Over,
    /// <summary>Their role does not allow it.</summary>
    NotYours,
    /// <summary>Whoever asked does not approve.</summary>
    Own,
    /// <summary>Whoever asked may no longer ask.</summary>
    AskerLeft,
    TooEarly,
    /// <summary>A record is not as it was when it was asked for.</summary>
    Changed,
    Impossible,
    /// <summary>Of an undo: its 30 days are over.</summary>
    TooLate,
}

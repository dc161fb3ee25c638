using System.Text.Json;

namespace Latchkey.Features.Approvals;

/// <summary>A support action that waits for a second person, or waited.</summary>
public sealed record Approval
{
    public required Guid Id { get; init; }
    public required Guid StorefrontId { get; init; }
    public required ApprovalKind Kind { get; init; }
    /// <summary>Whom it is about; of a merge the account that ends.</summary>
    public required Guid AccountId { get; init; }
    /// <summary>The other account, or the contact.</summary>
    public required Guid OtherId { get; init; }
    public required string Facts { get; init; }
    public required string Reason { get; init; }
    public required ApprovalState State { get; init; }
    public required Guid RequestedBy { get; init; }
    public required string RequestedByName { get; init; }
    public required DateTimeOffset RequestedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public string? DecidedByName { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }
    public string? Note { get; init; }
    /// <summary>Of a take-over that is approved: not before.</summary>
    public DateTimeOffset? DueAt { get; init; }
    public DateTimeOffset? DoneAt { get; init; }
    public string? DoneByName { get; init; }
    public string? Storefront { get; init; }

    public bool IsOpen => State is ApprovalState.Requested or ApprovalState.Approved;

    public IReadOnlyDictionary<string, string?> KnownFacts => JsonSerializer.Deserialize<Dictionary<string, string?>>(Facts)!;
}

public enum ApprovalKind
{
    /// <summary>One account of two.</summary>
    Merge,
    /// <summary>All credentials of an account are taken away.</summary>
    Reset,
    /// <summary>An account shows a contact.</summary>
    Link,
    /// <summary>An account shows a contact no more.</summary>
    Unlink,
    /// <summary>An account gets the address that another one has.</summary>
    TakeOver,
}

public enum ApprovalState
{
    Requested,
    /// <summary>A take-over whose 24 hours run, or that is due.</summary>
    Approved,
    Rejected,
    Done,
    Expired,
}

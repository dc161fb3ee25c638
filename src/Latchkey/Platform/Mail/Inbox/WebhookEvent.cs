namespace Latchkey.Platform.Mail.Inbox;

/// <summary>What became of an event.</summary>
public enum WebhookState
{
    Queued,
    Done,
    /// <summary>It is about no mail of ours: another application may send by the same account.</summary>
    Unmatched,
    Failed,
}

/// <summary>An event that is not done, for people to look at. What it holds stays sealed.</summary>
public sealed record UnsettledEvent
{
    public required Guid Id { get; init; }
    public required string Provider { get; init; }
    /// <summary>The provider's name for it.</summary>
    public required string EventId { get; init; }
    /// <summary>What kind of event, in the provider's words.</summary>
    public string? Kind { get; init; }
    public required WebhookState State { get; init; }
    public required int Attempts { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    public DateTimeOffset? ProcessedAt { get; init; }
    public string? Reason { get; init; }
}

/// <summary>An event as it stands in the list of all.</summary>
public sealed record ReceivedEvent
{
    public required Guid Id { get; init; }
    public required string Provider { get; init; }
    /// <summary>The provider's name for it.</summary>
    public required string EventId { get; init; }
    public required WebhookState State { get; init; }
    public required int Attempts { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    public DateTimeOffset? ProcessedAt { get; init; }
    public string? Reason { get; init; }
    /// <summary>Sealed; not in a list, and gone when it is done.</summary>
    internal byte[]? Body { get; init; }
}

/// <summary>An event that a worker has taken.</summary>
internal sealed record ClaimedEvent
{
    public required Guid OrganizationId { get; init; }
    public required Guid Id { get; init; }
    public required string Provider { get; init; }
    public byte[]? Body { get; init; }
    /// <summary>This attempt's number, from 1.</summary>
    public required int Attempts { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
}

namespace Latchkey.Platform.Mail;

/// <summary>One report on one mail.</summary>
public sealed record DeliveryReport
{
    public required Guid OrganizationId { get; init; }
    public required Guid MailId { get; init; }
    public required Delivery Status { get; init; }
    public string? ProviderId { get; init; }
    /// <summary>The provider's error code, or the reply code of the addressee's mail server, and what it means in plain words.</summary>
    public int? Code { get; init; }
    public string? Reason { get; init; }
    /// <summary>Where the reason stands among those of its status.</summary>
    public int ReasonRank { get; init; }
    /// <summary>In the words of the addressee's mail server.</summary>
    public string? Detail { get; init; }
    /// <summary>When it happened, as the provider says; null: now.</summary>
    public DateTimeOffset? At { get; init; }
    /// <summary>Nothing is sent to the address again: the addressee asked for no more, or nothing arrives there.</summary>
    public bool WantsNoMore { get; init; }
    /// <summary>Names what happened, so that it stands in the log once however often it is told; null: only a report that changes the mail does.</summary>
    public Guid? EventId { get; init; }

    /// <summary>With reason and code in it, two reports of one status end alike in either order too.</summary>
    internal int Rank => (int)Status * 10_000_000 + Math.Clamp(ReasonRank, 0, 99) * 100_000 + Math.Clamp(Code ?? 0, 0, 99_999);
}

/// <summary>
/// In the order of rank. Of a text, delivered is last: whoever has it has it. A mail may be taken by the addressee's mail server and
/// come back from behind it, and a complaint is about a mail that arrived, so those are later.
/// </summary>
public enum Delivery
{
    Accepted = 1,
    Queued = 2,
    Sending = 3,
    Sent = 4,
    Deferred = 5,
    Undelivered = 6,
    Failed = 7,
    Delivered = 8,
    Bounced = 9,
    Rejected = 10,
    Suppressed = 11,
    Complained = 12,
}

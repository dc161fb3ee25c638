namespace Latchkey.Features.Emails;

/// <summary>A mail or text with all that is known of it. Its words have the link and the code cut out; they were never stored.</summary>
public sealed record OpenMail : ListedMail
{
    public string? ToName { get; init; }
    public required string State { get; init; }
    public required int Attempts { get; init; }
    public DateTimeOffset? DueAt { get; init; }
    public DateTimeOffset? SentAt { get; init; }
    public DateTimeOffset? FailedAt { get; init; }
    public required DateTimeOffset GiveUpAt { get; init; }
    public string? Reply { get; init; }
    public string? TextBody { get; init; }
    public required int HtmlParts { get; init; }
    public string? Delivery { get; init; }
    public string? DeliveryDetail { get; init; }
    public DateTimeOffset? DeliveredAt { get; init; }
    public string? ProviderId { get; init; }
    public Guid? RequestId { get; init; }
    public required string Locale { get; init; }
    public required int Lane { get; init; }
    public string? About { get; init; }
    public int? LinkNumber { get; init; }
    public string? Storefront { get; init; }
    public string? SenderAddress { get; init; }
    public string? SenderName { get; init; }
    public string? Facility { get; init; }
    public Guid? ContactId { get; init; }
    public string? Contact { get; init; }
    public IReadOnlyList<MailReportLine> Reports { get; init; } = [];
    /// <summary>The other mails and texts of the same sign-in request.</summary>
    public IReadOnlyList<ListedMail> SameRequest { get; init; } = [];

    public bool HasHtml => HtmlParts > 0;
    public bool IsForgotten => ToAddress.Length == 0;
}

/// <summary>What a provider reported, and when.</summary>
public sealed record MailReportLine
{
    public required DateTimeOffset At { get; init; }
    public required string Event { get; init; }
    public string? Detail { get; init; }
}

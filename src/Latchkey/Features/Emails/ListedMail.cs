using Latchkey.Platform.Mail;

namespace Latchkey.Features.Emails;

/// <summary>A mail or text as a list shows it.</summary>
public record ListedMail
{
    public required Guid Id { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required Guid StorefrontId { get; init; }
    public Guid? FacilityId { get; init; }
    public Guid? AccountId { get; init; }
    public required string Channel { get; init; }
    public required string Kind { get; init; }
    /// <summary>Empty once it was forgotten: nobody here has the address.</summary>
    public required string ToAddress { get; init; }
    public string? Subject { get; init; }
    public required MailStatus Status { get; init; }
    /// <summary>As it was stored: plain words of ours, or what a mail server said.</summary>
    public string? Reason { get; init; }
    public int? ReplyCode { get; init; }
    public string? ReplyStatus { get; init; }

    public bool IsSms => Channel == MailChannel.Sms;
}

/// <summary>One page of a list of mails.</summary>
/// <param name="Mails">Newest first.</param>
/// <param name="Next">Where the next page goes on; null at the end.</param>
/// <param name="LookedBackTo">When the page ends because it looked through enough mails: older ones may match too.</param>
public sealed record MailPage(IReadOnlyList<ListedMail> Mails, Guid? Next, DateTimeOffset? LookedBackTo);

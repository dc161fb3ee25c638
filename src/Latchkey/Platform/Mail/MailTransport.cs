namespace Latchkey.Platform.Mail;

/// <summary>Hands one mail to whatever carries it on: an SMTP relay, a mail provider, Twilio, or the built-in mailbox.</summary>
public interface IMailTransport
{
    /// <summary>
    /// Tries once to hand the mail over. What the relay says, and a connection that breaks, come back as a
    /// <see cref="Handover"/>; an exception is a bug.
    /// </summary>
    Task<Handover> SendAsync(OutgoingMail mail, CancellationToken cancel);
}

/// <summary>A rendered mail with both parts, ready to be handed over. It holds the live link: never store or log it.</summary>
public sealed record OutgoingMail
{
    public required Guid Id { get; init; }
    public required string Storefront { get; init; }
    public required MailAddressee From { get; init; }
    public required MailAddressee To { get; init; }
    public required string Subject { get; init; }
    public required string Text { get; init; }
    public required string Html { get; init; }
    /// <summary>The same for every attempt, so that a mail sent twice is recognised as one.</summary>
    public required string MessageId { get; init; }
    public required DateTimeOffset Date { get; init; }
    /// <summary>BCP 47, for Content-Language.</summary>
    public required string Language { get; init; }
    public string Channel { get; init; } = MailChannel.Email;
    public Guid OrganizationId { get; init; }
    /// <summary>From 1. From 2 on, an earlier attempt may have arrived without our knowing.</summary>
    public int Attempt { get; init; } = 1;
    public DateTimeOffset CreatedAt { get; init; }
    /// <summary>After this it need not arrive any more.</summary>
    public DateTimeOffset GiveUpAt { get; init; }
}

/// <summary>An address and the name shown with it.</summary>
public sealed record MailAddressee(string Address, string? Name);

public enum HandoverOutcome
{
    /// <summary>The relay took responsibility (250 after the final dot).</summary>
    Accepted,
    /// <summary>4xx, a broken connection or a time-out: try again later.</summary>
    TryLater,
    /// <summary>5xx: trying again will not help.</summary>
    Refused,
}

/// <summary>What became of one attempt to hand a mail over.</summary>
/// <param name="Outcome">What to do next.</param>
/// <param name="Code">The reply code (RFC 5321 §4.2), when the relay answered.</param>
/// <param name="EnhancedStatus">The enhanced status code (RFC 3463) such as 5.1.1, when the relay gave one.</param>
/// <param name="Reply">The relay's words, or what broke and at which step; at most 500 characters.</param>
public sealed record Handover(HandoverOutcome Outcome, int? Code, string? EnhancedStatus, string Reply)
{
    /// <summary>The provider's own name for the mail, when it has one.</summary>
    public string? ProviderId { get; init; }
    /// <summary>The provider sends nothing to the address any more, for the reason in <see cref="Reply"/>.</summary>
    public bool WantsNoMore { get; init; }
}

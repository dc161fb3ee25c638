namespace Latchkey.Features.Weather;

/// <summary>What can stand between many customers and their mail.</summary>
public enum WeatherKind
{
    /// <summary>The mail server takes nothing.</summary>
    RelayDown,
    /// <summary>The mail server takes mails late.</summary>
    RelaySlow,
    /// <summary>One domain's mails are refused or come back.</summary>
    DomainFailing,
    /// <summary>One domain's mails are put off.</summary>
    DomainSlow,
    /// <summary>The mail provider has stopped reporting what becomes of mails.</summary>
    WebhookSilent,
}

/// <summary>What became of somebody who waited.</summary>
public enum WaitOutcome
{
    /// <summary>They got in meanwhile.</summary>
    In,
    /// <summary>A mail reached them after all.</summary>
    Mailed,
    /// <summary>A fresh mail was sent when it was over.</summary>
    Told,
    /// <summary>Too many mails went to them for one more.</summary>
    Limited,
    /// <summary>The account was closed meanwhile.</summary>
    Closed,
}

/// <summary>One thing noticed.</summary>
/// <param name="Kind">What.</param>
/// <param name="Domain">Whose mails; empty when it is about all.</param>
/// <param name="Since">Since when.</param>
/// <param name="Says">The last words of the mail server, if it said any.</param>
public sealed record WeatherSign(WeatherKind Kind, string Domain, DateTimeOffset Since, string? Says);

/// <summary>One mail that was tried, as far as the weather shows in it.</summary>
public sealed record TriedMail
{
    public required int Lane { get; init; }
    public required string State { get; init; }
    public required string ToAddress { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? SentAt { get; init; }
    public DateTimeOffset? FailedAt { get; init; }
    public int? ReplyCode { get; init; }
    public string? Reply { get; init; }
    public string? Delivery { get; init; }
    public string? ProviderId { get; init; }

    public string Domain => ToAddress[(ToAddress.LastIndexOf('@') + 1)..];

    /// <summary>Tried, put off, and waiting for the next attempt.</summary>
    public bool IsWaiting => State == "queued" && Reply is not null;

    public bool IsTaken => SentAt is not null;

    /// <summary>Refused when it was handed over, or given back later; not what only ran out of time.</summary>
    public bool IsRefused => (FailedAt is not null && ReplyCode is not null) || Delivery is "undelivered" or "failed" or "bounced" or "rejected";
}

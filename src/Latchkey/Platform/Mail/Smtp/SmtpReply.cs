namespace Latchkey.Platform.Mail.Smtp;

/// <summary>One reply of the relay.</summary>
/// <param name="Code">The three digits (RFC 5321 §4.2).</param>
/// <param name="EnhancedStatus">Such as 5.1.1 (RFC 3463), when given.</param>
/// <param name="Text">The words without codes, a line each.</param>
internal sealed record SmtpReply(int Code, string? EnhancedStatus, string Text)
{
    public bool IsPositive => Code is >= 200 and < 300;

    /// <summary>421: the relay closes the connection (RFC 5321 §3.8).</summary>
    public bool IsGoodbye => Code == 421;

    /// <summary>A code that means neither yes nor no here: client and relay no longer agree on where they are.</summary>
    public bool IsNonsense => Code is not (>= 400 and < 600);

    /// <summary>What a refusing reply means for the mail.</summary>
    /// <remarks>
    /// 530, 534, 535 and 538 (RFC 4954 §6, RFC 3207 §4) refuse us, not the addressee: a changed password would
    /// otherwise fail every customer's mail for good, so those wait until somebody mends the settings.
    /// </remarks>
    public HandoverOutcome Refusal => Code switch
    {
        530 or 534 or 535 or 538 => HandoverOutcome.TryLater,
        >= 500 and < 600 => HandoverOutcome.Refused,
        _ => HandoverOutcome.TryLater,
    };

    public Handover As(HandoverOutcome outcome, string? said = null) =>
        new(outcome, Code, EnhancedStatus, SmtpWords.Clean(said is null ? Text : Text.Length == 0 ? said : $"{said}: {Text}"));
}

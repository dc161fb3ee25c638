using static Latchkey.SignIn.Diagnosis.Situation;

namespace Latchkey.SignIn.Diagnosis;

/// <summary>What is wrong on the way of the mail.</summary>
internal static class MailCauses
{
    public static Finding? RelayDown(Situation s)
    {
        if (s is not { Mail.IsQueued: true, IsRelayDown: true, Facts.Relay: var relay }) return null;
        return Found(Cause.RelayDown, Confidence.Certain, relay.WaitingSince, Fix.WaitForRelay, s.Public,
            s.Asked, new Evidence(EvidenceKind.RelaySilentSince, relay.WaitingSince, relay.Says, relay.Waiting));
    }

    /// <summary>Not theirs alone: their address is right. Another one of theirs gets them in now.</summary>
    public static Finding? DomainRefusing(Situation s) => s is { Facts.Domain: { IsRefusing: true } domain, Mail: { FailedAt: { } at } mail }
        ? Found(Cause.DomainRefusing, Confidence.Certain, domain.Since, Fix.CorrectAddress, s.Public,
            s.Asked, s.Sent, new Evidence(EvidenceKind.MailFailed, at, mail.Reason), new Evidence(EvidenceKind.DomainRefuses, domain.Since, domain.Name, domain.Waiting))
        : null;

    /// <summary>The mail that came back is what made it so: then that is told.</summary>
    public static Finding? Suppressed(Situation s) => s is { Account: not null, Facts.Suppression: { } held } && s.Mail is not { SentAt: not null, FailedAt: null } and not { IsBounced: true }
        ? Found(Cause.AddressSuppressed, Confidence.Certain, held.At, Fix.LiftSuppression, s.Public, s.Asked, new Evidence(EvidenceKind.Suppressed, held.At, held.Reason))
        : null;

    public static Finding? Bounced(Situation s) => s.Mail is { FailedAt: { } at, IsBounced: true } mail
        ? Found(Cause.MailBounced, Confidence.Certain, at, Fix.CorrectAddress, s.Public, s.Asked, s.Sent, new Evidence(EvidenceKind.MailFailed, at, mail.Reason))
        : null;

    public static Finding? Rejected(Situation s) => s.Mail is { FailedAt: { } at, IsBounced: false } mail
        ? Found(Cause.MailRejected, Confidence.Certain, at, Fix.CorrectAddress, s.Public, s.Asked, new Evidence(EvidenceKind.MailFailed, at, mail.Reason))
        : null;

    /// <summary>Who asked by number waits for the text; for others the mail has the code too.</summary>
    public static Finding? TextFailed(Situation s) => s.Trying?.Mails.LastOrDefault(m => m is { About: MailAbout.Text, FailedAt: not null }) is { } text
        ? Found(Cause.SmsFailed, s.Facts.IsPhone ? Confidence.Certain : Confidence.Possible, text.FailedAt, Fix.SendSignInLink, s.Public,
            s.Asked, new Evidence(EvidenceKind.TextFailed, text.FailedAt, text.Reason))
        : null;

    public static Finding? NoPhoneForText(Situation s) => s is { Account.HasPhone: false, Facts: { SmsIsOn: true, Policy.CodeBySms: true }, Trying: not null }
        ? Found(Cause.NoPhone, Confidence.Possible, null, Fix.SendSignInLink, s.Public, new Evidence(EvidenceKind.PhoneMissing))
        : null;

    /// <summary>Also while the worker has not looked at the request yet.</summary>
    public static Finding? Queued(Situation s) => s switch
    {
        { Mail: { IsQueued: true } mail } => Found(Cause.MailQueued, Confidence.Certain, mail.CreatedAt, Fix.WaitForRelay, s.Public,
            s.Asked, new Evidence(EvidenceKind.QueuedSince, mail.CreatedAt, mail.Reason, mail.Attempts),
            s.Facts.Domain is { IsRefusing: false } domain ? new Evidence(EvidenceKind.DomainPutsOff, domain.Since, domain.Name, domain.Waiting) : null),
        { Account: not null, Mail: null, Trying: { ResolvedAt: null } trying } when trying.ExpiresAt > s.Facts.Now =>
            Found(Cause.MailQueued, Confidence.Certain, trying.LastAskedAt, Fix.WaitForRelay, s.Public, s.Asked, new Evidence(EvidenceKind.QueuedSince, trying.LastAskedAt)),
        _ => null,
    };

    public static Finding? NotOpened(Situation s) => s is { Trying: { OpenedAt: null, TurnedAwayAt: null } trying, Mail: { SentAt: { } at, FailedAt: null } mail }
        ? Found(Cause.NotOpened, Confidence.Likely, at, Fix.SendSignInLink, s.Public,
            [s.Asked, s.Sent,
            mail.DeliveredAt is { } delivered ? new Evidence(EvidenceKind.Delivered, delivered) : null,
            trying.ExpiresAt <= s.Facts.Now ? new Evidence(EvidenceKind.LinkEnded, trying.ExpiresAt) : null,
            new Evidence(EvidenceKind.NotOpened), .. s.Facts.SenderLacks.Select(record => new Evidence(EvidenceKind.SenderLacks, Text: record))])
        : null;
}

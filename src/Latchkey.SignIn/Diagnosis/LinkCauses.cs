using static Latchkey.SignIn.Diagnosis.Situation;

namespace Latchkey.SignIn.Diagnosis;

/// <summary>What is wrong with the link, once it is opened.</summary>
internal static class LinkCauses
{
    public static Finding? Expired(Situation s) => Refused(s, LinkStatus.Expired) is { } link
        ? Found(Cause.LinkExpired, s.When(link.TurnedAwayAt), link.ExpiresAt, Fix.SendSignInLink, s.About(link, Say.AskForFreshLink),
            Asked(link), SentOf(link), new Evidence(EvidenceKind.LinkEnded, link.ExpiresAt), new Evidence(EvidenceKind.TurnedAway, link.TurnedAwayAt))
        : null;

    public static Finding? Used(Situation s) => Refused(s, LinkStatus.AlreadyUsed) is { } link
        ? Found(Cause.LinkUsed, s.When(link.TurnedAwayAt), link.RedeemedAt, Fix.SendSignInLink, s.About(link, Say.AskForFreshLink),
            Asked(link), new Evidence(EvidenceKind.SignedIn, link.RedeemedAt, link.RedeemedBy), new Evidence(EvidenceKind.TurnedAway, link.TurnedAwayAt))
        : null;

    public static Finding? OldMail(Situation s) => Refused(s, LinkStatus.Revoked) is { RevokedReason: "signed in" } link
        ? Found(Cause.OldMail, s.When(link.TurnedAwayAt), link.RevokedAt, Fix.SendSignInLink, s.About(link, Say.AskForFreshLink),
            Asked(link), new Evidence(EvidenceKind.Revoked, link.RevokedAt, link.RevokedReason), new Evidence(EvidenceKind.TurnedAway, link.TurnedAwayAt))
        : null;

    /// <summary>A link that staff send is not bound to a network.</summary>
    public static Finding? OtherNetwork(Situation s) => Refused(s, LinkStatus.OtherNetwork) is { } link
        ? Found(Cause.OtherNetwork, s.When(link.TurnedAwayAt), link.TurnedAwayAt, Fix.SendSignInLink, s.About(link, Say.OpenWhereAsked),
            Asked(link), SentOf(link), new Evidence(EvidenceKind.TurnedAway, link.TurnedAwayAt))
        : null;

    /// <summary>Where the policy wants the browser that asked or its number; or a page behind a link whose button nobody pressed.</summary>
    public static Finding? NotConfirmed(Situation s)
    {
        if (Refused(s, LinkStatus.OtherBrowser) is { } link)
            return Found(Cause.ConfirmationNotPressed, s.When(link.TurnedAwayAt), link.TurnedAwayAt, Fix.SendSignInLink, s.About(link, Say.OpenWhereAsked),
                Asked(link), SentOf(link), Numbers(link), new Evidence(EvidenceKind.TurnedAway, link.TurnedAwayAt));
        return s.Trying is { TurnedAwayAt: null } open && open.ElsewhereOpens + open.AskerOpens > 0
            ? Found(Cause.ConfirmationNotPressed, Confidence.Likely, open.OpenedAt, Fix.SendSignInLink, s.About(open, open.WrongNumbers > 0 ? Say.OpenWhereAsked : Say.PressTheButton),
                Asked(open), SentOf(open), Numbers(open),
                open.AskerOpens > 0 ? new Evidence(EvidenceKind.OpenedByAsker, open.OpenedAt, Number: open.AskerOpens) : null,
                open.ElsewhereOpens > 0 ? new Evidence(EvidenceKind.OpenedElsewhere, open.OpenedAt, Number: open.ElsewhereOpens) : null)
            : null;
    }

    public static Finding? ScannerOnly(Situation s) => s.Trying is { ProgramOpens: > 0, AskerOpens: 0, ElsewhereOpens: 0, TurnedAwayAt: null } link
        ? Found(Cause.ScannerOnly, Confidence.Likely, link.OpenedAt, Fix.SendSignInLink, s.Public,
            Asked(link), SentOf(link), new Evidence(EvidenceKind.OpenedByProgram, link.OpenedAt, Number: link.ProgramOpens), new Evidence(EvidenceKind.NotOpened))
        : null;

    private static AttemptFacts? Refused(Situation s, LinkStatus status) =>
        s.TurnedAway is { } link && link.TurnedAwayAs == status && !(link.TurnedAwayAt < s.InAt) ? link : null;

    private static Evidence Asked(AttemptFacts link) => new(link.IsByStaff ? EvidenceKind.AskedByStaff : EvidenceKind.Asked, link.LastAskedAt, Number: link.Asks);

    private static Evidence? SentOf(AttemptFacts link) =>
        link.Mails.LastOrDefault(m => m.SentAt is not null) is { } mail ? new(EvidenceKind.Sent, mail.SentAt) : null;

    private static Evidence? Numbers(AttemptFacts link) => link.WrongNumbers > 0 ? new(EvidenceKind.WrongNumbers, Number: link.WrongNumbers) : null;
}

using static Latchkey.SignIn.Diagnosis.Situation;

namespace Latchkey.SignIn.Diagnosis;

/// <summary>What is wrong with the name or the place they use.</summary>
internal static class NameCauses
{
    public static Finding? UnknownHost(Situation s) => s.Facts.UnknownHost is { } host
        ? Found(Cause.UnknownHost, Confidence.Certain, null, Fix.GoToStorefront, Say.CheckThePortal, new Evidence(EvidenceKind.Host, Text: host))
        : null;

    public static Finding? Page(Situation s) => s.Facts.Page switch
    {
        { Cause: Cause.CookiesOff } page => Found(Cause.CookiesOff, Confidence.Certain, page.At, Fix.TellCookies, Say.AllowCookies, new Evidence(EvidenceKind.PageSaid, page.At)),
        { Cause: Cause.LinkDamaged } page => Found(Cause.LinkDamaged, Confidence.Certain, page.At, Fix.None, Say.AskForFreshLink, new Evidence(EvidenceKind.PageSaid, page.At)),
        { Cause: Cause.PasswordLocked } page => Found(Cause.PasswordLocked, Confidence.Certain, page.At, Fix.None, Say.UseLinkOrReset, new Evidence(EvidenceKind.PageSaid, page.At)),
        _ => null,
    };

    public static Finding? NoValidAddress(Situation s) => s.Account is null && s.Facts.Contact is { IsDeliverable: false } contact
        ? Found(Cause.NoValidAddress, Confidence.Certain, null, Fix.CorrectAddress, s.Public,
            new Evidence(EvidenceKind.OnRecord, Text: contact.Name), new Evidence(EvidenceKind.RecordWithoutAddress, Text: contact.Email))
        : null;

    public static Finding? NoAccountYet(Situation s) => s.Account is null && s.Facts.Contact is { IsDeliverable: true } contact
        ? Found(Cause.NoAccountYet, Confidence.Certain, s.NewestAttempt?.AskedAt, Fix.CreateAccountAndSend, s.Public,
            new Evidence(EvidenceKind.OnRecord, Text: contact.Name), s.Asked, new Evidence(EvidenceKind.NoAccount))
        : null;

    /// <summary>The name was the account's until it was changed; or a link went to the address before.</summary>
    public static Finding? AddressChanged(Situation s)
    {
        if (s is { Account: { IsUnderName: false } account, Facts.AddressChangedAt: { } at })
            return Found(Cause.AddressChanged, Confidence.Certain, at, Fix.SendSignInLink, s.Public, new Evidence(EvidenceKind.AccountAddress, at, account.Email), s.Asked);
        var link = s.TurnedAway is { TurnedAwayAs: LinkStatus.Revoked } opened && IsByChange(opened) ? opened : s.Trying is { } asked && IsByChange(asked) ? asked : null;
        return link is not null && s.Account is { } now
            ? Found(Cause.AddressChanged, s.When(link.TurnedAwayAt ?? link.LastAskedAt), link.RevokedAt, Fix.SendSignInLink, s.Public,
                new Evidence(EvidenceKind.AccountAddress, link.RevokedAt, now.Email), link.TurnedAwayAt is { } tried ? new Evidence(EvidenceKind.TurnedAway, tried) : null)
            : null;
    }

    /// <summary>The record and the account have different addresses; or the name spells somebody who has another address on record.</summary>
    public static Finding? OtherAddressOnRecord(Situation s)
    {
        if (s is { Account: { IsUnderName: false, MergedFrom: null } account, Facts: { AddressChangedAt: null, Contact: { } contact } })
            return Found(Cause.OtherAddressOnRecord, Confidence.Certain, s.NewestAttempt?.AskedAt, Fix.SendSignInLink, s.Public,
                new Evidence(EvidenceKind.OnRecord, Text: contact.Name), new Evidence(EvidenceKind.AccountAddress, Text: account.Email), s.Asked);
        return s.IsNobody && s.Facts.Near.Count > 0 && s.Facts.Near[0] is { IsByName: true } near
            ? Found(Cause.OtherAddressOnRecord, Confidence.Likely, s.NewestAttempt?.AskedAt, Fix.CorrectAddress, s.Public,
                s.Asked, new Evidence(EvidenceKind.NoAccount), new Evidence(EvidenceKind.OnRecord, Text: near.Name), Record(near))
            : null;
    }

    public static Finding? WrongStorefront(Situation s) => s.IsNobody && s.Facts.Elsewhere.Count > 0
        ? Found(Cause.WrongStorefront, Confidence.Certain, s.NewestAttempt?.AskedAt, Fix.GoToStorefront, s.Public,
            [s.Asked, new Evidence(EvidenceKind.NoAccount), .. s.Facts.Elsewhere.Select(name => new Evidence(EvidenceKind.KnownElsewhere, Text: name))])
        : null;

    public static Finding? Mistyped(Situation s) => s.IsNobody && s.Facts.Elsewhere.Count == 0 && s.Facts.Near.FirstOrDefault(n => !n.IsByName) is { } near
        ? Found(Cause.AddressMistyped, near.Distance <= 2 ? Confidence.Likely : Confidence.Possible, s.NewestAttempt?.AskedAt, Fix.SendSignInLink, s.Public,
            s.Asked, new Evidence(EvidenceKind.NoAccount), new Evidence(EvidenceKind.NearAddress, Text: near.Email, Number: near.Distance))
        : null;

    public static Finding? NoPhone(Situation s) => s.IsNobody && s.Facts.IsPhone && s.Facts.Near.Count == 0 && s.Facts.Elsewhere.Count == 0
        ? Found(Cause.NoPhone, Confidence.Certain, s.NewestAttempt?.AskedAt, Fix.None, s.Public, s.Asked, new Evidence(EvidenceKind.PhoneMissing))
        : null;

    public static Finding? Unknown(Situation s) => s.IsNobody && s.Facts is { IsPhone: false, UnknownHost: null, Page: null, Near.Count: 0, Elsewhere.Count: 0 }
        ? Found(Cause.UnknownAddress, Confidence.Certain, s.NewestAttempt?.AskedAt, Fix.None, s.Public, s.Asked, new Evidence(EvidenceKind.NoAccount))
        : null;

    private static bool IsByChange(AttemptFacts link) => link.RevokedReason is { } reason && reason.StartsWith("email change", StringComparison.Ordinal);

    private static Evidence Record(NearFact near) =>
        near.Email is null ? new(EvidenceKind.RecordWithoutAddress) : new(EvidenceKind.RecordAddress, Text: near.Email);
}

using static Latchkey.SignIn.Diagnosis.Situation;

namespace Latchkey.SignIn.Diagnosis;

/// <summary>What is wrong with the account, or with what it shows.</summary>
internal static class AccountCauses
{
    public static Finding? Disabled(Situation s) => s.Account is { State: AccountState.Disabled }
        ? Found(Cause.AccountDisabled, Confidence.Certain, Ended(s, "account disabled"), Fix.EnableAccount, s.Public,
            s.Asked, new Evidence(EvidenceKind.AccountState, Ended(s, "account disabled"), nameof(AccountState.Disabled)))
        : null;

    public static Finding? Reset(Situation s) => Ended(s, "account reset") is { } at && s.Account is not null && !(at < s.InAt)
        ? Found(Cause.AccountReset, s.When(at), at, Fix.SendSignInLink, s.Public, new Evidence(EvidenceKind.SessionEnded, at, "account reset"))
        : null;

    public static Finding? Merged(Situation s) => s.Account is { } account && (account.MergedFrom is not null || Ended(s, "account merged") is not null) && s.InAt is not { } seen
        ? MergedInto(s, account)
        : s.Account is { } known && Ended(s, "account merged") is { } at && at >= s.InAt ? MergedInto(s, known) : null;

    /// <summary>Later records are linked by staff only, so that nobody shows invoices to somebody else by typing an address.</summary>
    public static Finding? ContactNotLinked(Situation s)
    {
        if (s is not { Account: { LastSignedInAt: not null, IsUnderName: true } account }) return null;
        bool isIn = s.Trying is null && s.NewestSession is { } session && s.IsLive(session);
        return s.Facts switch
        {
            { Contact: { IsLinked: false, HasHoldings: true } contact } => NotLinked(s, isIn ? Confidence.Certain : Confidence.Possible, contact.Name),
            // Alike by name only: theirs most of the time when their own portal is empty.
            { Unlinked: { } namesake } => NotLinked(s, isIn && !account.HasHoldings ? Confidence.Likely : Confidence.Possible, namesake.Email is null ? namesake.Name : $"{namesake.Name}, {namesake.Email}"),
            _ => null,
        };
    }

    public static Finding? TwoAccounts(Situation s)
    {
        if (s.Account is not { } account || s.Facts.OtherAccounts.Count == 0) return null;
        var other = s.Facts.OtherAccounts.FirstOrDefault(o => o.HasHoldings) ?? s.Facts.OtherAccounts[0];
        bool isThere = other.HasHoldings && !account.HasHoldings && s.Trying is null && s.InAt is not null && s.InAt >= s.LastEventAt;
        return Found(Cause.TwoAccounts, isThere ? Confidence.Certain : Confidence.Possible, null, Fix.MergeAccounts, s.Public,
            SignedIn(s), new Evidence(EvidenceKind.OtherAccount, Text: other.Email));
    }

    public static Finding? Forgotten(Situation s) => s is { Account: { IsSelfMade: true, LastSignedInAt: null, State: not AccountState.Disabled } account, Facts.Attempts.Count: 0 }
        ? Found(Cause.ForgottenAccount, Confidence.Likely, account.CreatedAt, Fix.SendSignInLink, s.Public,
            new Evidence(EvidenceKind.AccountMade, account.CreatedAt), new Evidence(EvidenceKind.NotAsked))
        : null;

    public static Finding? NeverSentLink(Situation s) => s is { Account: { IsSelfMade: false, LastSignedInAt: null, State: not AccountState.Disabled } account, Facts.Attempts.Count: 0 }
        ? Found(Cause.NeverSentLink, Confidence.Likely, account.CreatedAt, Fix.SendSignInLink, s.Public,
            new Evidence(EvidenceKind.AccountMade, account.CreatedAt), new Evidence(EvidenceKind.NotAsked))
        : null;

    private static Finding NotLinked(Situation s, Confidence confidence, string record) =>
        Found(Cause.ContactNotLinked, confidence, null, Fix.LinkContact, s.Public, SignedIn(s), new Evidence(EvidenceKind.NotLinked, Text: record));

    private static Finding MergedInto(Situation s, AccountFacts account) =>
        Found(Cause.AccountMerged, s.Trying is null ? Confidence.Certain : Confidence.Possible, Ended(s, "account merged"), Fix.SendSignInLink, s.Public,
            new Evidence(EvidenceKind.MergedInto, Ended(s, "account merged"), account.Email));

    /// <summary>When this ended their sessions or links, last.</summary>
    private static DateTimeOffset? Ended(Situation s, string reason) => Latest([
        .. s.Facts.Sessions.Where(x => x.EndedReason == reason).Select(x => x.EndedAt),
        .. s.Facts.Attempts.Where(x => x.RevokedReason == reason).Select(x => x.RevokedAt)]);

    private static Evidence? SignedIn(Situation s) => s.NewestSession is { } session ? new(EvidenceKind.SignedIn, session.StartedAt, session.Means) : null;
}

using static Latchkey.SignIn.Diagnosis.Situation;

namespace Latchkey.SignIn.Diagnosis;

/// <summary>What becomes of them once they are in.</summary>
internal static class SessionCauses
{
    /// <summary>What is told by causes of its own.</summary>
    private static readonly string[] ToldElsewhere = [SignIn.Sessions.CookieLost, "account disabled", "account reset", "account merged"];

    public static Finding? CookieNotKept(Situation s)
    {
        if (s.NewestSession is not { } session) return null;
        var lost = new Evidence(EvidenceKind.CookieMissing, session.EndedAt ?? session.StartedAt + SignIn.Sessions.NewFor);
        var signedIn = new Evidence(EvidenceKind.SignedIn, session.StartedAt, session.Means);
        var say = session.IsNamed ? Say.AllowCookies : s.Public;
        if (session.EndedReason == SignIn.Sessions.CookieLost)
            return Found(Cause.CookieNotKept, s.When(session.StartedAt), session.StartedAt, Fix.TellCookies, say, signedIn, lost);
        return session is { EndedAt: null, KeptAt: null } && s.Facts.Now - session.StartedAt > SignIn.Sessions.NewFor
            ? Found(Cause.CookieNotKept, s.Trying is null ? Confidence.Likely : Confidence.Possible, session.StartedAt, Fix.TellCookies, say, signedIn, lost)
            : null;
    }

    public static Finding? Revoked(Situation s)
    {
        if (s.NewestSession is { EndedAt: { } at, EndedReason: { } reason } session && IsByBusiness(reason))
            return Found(Cause.SessionsRevoked, at >= s.LastEventAt ? Confidence.Certain : Confidence.Possible, at, Fix.SendSignInLink, s.Public,
                new Evidence(EvidenceKind.SignedIn, session.StartedAt, session.Means), new Evidence(EvidenceKind.SessionEnded, at, reason));
        return s is { Account: not null, Trying: { RevokedAt: { } ended, RevokedReason: { } why } } && why.StartsWith("revoked", StringComparison.Ordinal)
            ? Found(Cause.SessionsRevoked, Confidence.Certain, ended, Fix.SendSignInLink, s.Public, s.Asked, new Evidence(EvidenceKind.Revoked, ended, why))
            : null;
    }

    public static Finding? Expired(Situation s)
    {
        if (s.NewestSession is not { } session || session.KeptAt is null || s.IsLive(session)) return null;
        if (IsByBusiness(session.EndedReason) || ToldElsewhere.Contains(session.EndedReason)) return null;
        var at = session.EndedAt ?? session.EndsAt;
        return Found(Cause.SessionExpired, s.Trying is null ? Confidence.Likely : Confidence.Possible, at, Fix.SendSignInLink, s.Public,
            new Evidence(EvidenceKind.SignedIn, session.StartedAt, session.Means), new Evidence(EvidenceKind.SessionEnded, at, session.EndedReason));
    }

    public static Finding? NothingWrong(Situation s) =>
        s is { Account: not null, Trying: null, NewestSession: { } session, InAt: { } at } && s.IsLive(session) && session.StartedAt == at
        ? Found(Cause.NothingWrong, at >= s.LastEventAt ? Confidence.Likely : Confidence.Possible, at, Fix.None, s.Public, new Evidence(EvidenceKind.SignedIn, at, session.Means))
        : null;

    /// <summary>For when no rule has anything to say.</summary>
    public static Finding Unclear(Situation s) =>
        Found(Cause.Unclear, Confidence.Possible, null, s.Account is null ? Fix.None : Fix.SendSignInLink, s.Public, s.Asked);

    /// <summary>The business ended it, or changed something that did.</summary>
    private static bool IsByBusiness(string? reason) =>
        reason is not null && (reason.StartsWith("revoked", StringComparison.Ordinal) || reason.StartsWith("email change", StringComparison.Ordinal));
}

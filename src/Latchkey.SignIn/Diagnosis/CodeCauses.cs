using static Latchkey.SignIn.Diagnosis.Situation;

namespace Latchkey.SignIn.Diagnosis;

/// <summary>What is wrong with the code.</summary>
internal static class CodeCauses
{
    public static Finding? Locked(Situation s) => Typed(s) is { } asked && (asked.WrongCodes >= s.Facts.Policy.CodeTries || s.Facts.CodesLimitedUntil > s.Facts.Now)
        ? Of(s, asked, Cause.CodeLocked, s.Facts.CodesLimitedUntil is { } until && until > s.Facts.Now ? new Evidence(EvidenceKind.LimitedUntil, until) : null)
        : null;

    public static Finding? Expired(Situation s) => Typed(s) is { } asked && asked.CodeTriedAt >= asked.CodeEndsAt
        ? Of(s, asked, Cause.CodeExpired, new Evidence(EvidenceKind.CodeEnded, asked.CodeEndsAt))
        : null;

    public static Finding? Wrong(Situation s) => Typed(s) is { } asked && !(asked.CodeTriedAt >= asked.CodeEndsAt) ? Of(s, asked, Cause.CodeWrong, null) : null;

    private static AttemptFacts? Typed(Situation s) => s is { Account: not null, Trying: { WrongCodes: > 0 } asked } ? asked : null;

    private static Finding Of(Situation s, AttemptFacts asked, Cause cause, Evidence? more) =>
        Found(cause, s.When(asked.CodeTriedAt ?? asked.LastAskedAt), asked.CodeTriedAt, Fix.SendSignInLink, s.Public,
            s.Asked, s.Sent, new Evidence(EvidenceKind.WrongCodes, asked.CodeTriedAt, Number: asked.WrongCodes), more);
}

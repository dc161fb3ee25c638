using static Latchkey.SignIn.Diagnosis.Situation;

namespace Latchkey.SignIn.Diagnosis;

/// <summary>Limits in force.</summary>
internal static class LimitCauses
{
    /// <summary>For an address that nobody has, asking too often follows from something else.</summary>
    public static Finding? TooManyRequests(Situation s) => s.Facts.LimitedUntil is { } until && until > s.Facts.Now
        ? Found(Cause.TooManyRequests, s.Account is null ? Confidence.Possible : Confidence.Certain, s.NewestAttempt?.LastAskedAt, Fix.ClearLimit, s.Public,
            s.Asked, new Evidence(EvidenceKind.LimitedUntil, until))
        : null;
}

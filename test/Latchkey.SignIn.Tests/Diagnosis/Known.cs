using Latchkey.SignIn.Diagnosis;

namespace Latchkey.SignIn.Tests.Diagnosis;

/// <summary>Facts in a few words. It is nine o'clock, and everything else is so many minutes ago.</summary>
internal static class Known
{
    public static readonly DateTimeOffset Now = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);

    public static DateTimeOffset Ago(double minutes) => Now.AddMinutes(-minutes);

    public static readonly ContactFacts Record = new("Ann Archer", "ann@example.com", true, true, true, false);

    /// <summary>A proven account that was last in a month ago, with its record linked.</summary>
    public static DiagnosisFacts Customer(params AttemptFacts[] attempts) => new()
    {
        Now = Now,
        Policy = SignInPolicy.New,
        Account = new AccountFacts { Email = "ann@example.com", State = AccountState.Proven, CreatedAt = Ago(100_000), LastSignedInAt = Ago(50_000), HasHoldings = true },
        Contact = Record,
        Attempts = attempts,
    };

    public static DiagnosisFacts Nobody(params AttemptFacts[] attempts) => new() { Now = Now, Policy = SignInPolicy.New, Attempts = attempts };

    /// <summary>Asked, found, mailed and nothing more.</summary>
    public static AttemptFacts Asked(double minutesAgo, params MailFacts[] mails) => new()
    {
        AskedAt = Ago(minutesAgo),
        LastAskedAt = Ago(minutesAgo),
        ResolvedAt = Ago(minutesAgo),
        FoundAccount = true,
        ExpiresAt = Ago(minutesAgo - 15),
        CodeEndsAt = Ago(minutesAgo - 10),
        Mails = mails.Length > 0 ? mails : [Mail(minutesAgo)],
    };

    public static MailFacts Mail(double minutesAgo, MailAbout about = MailAbout.SignIn) => new() { About = about, CreatedAt = Ago(minutesAgo), SentAt = Ago(minutesAgo) };

    public static MailFacts Waiting(double minutesAgo) => new() { About = MailAbout.SignIn, CreatedAt = Ago(minutesAgo), Attempts = 2, Reason = "4.7.1 Try later" };

    public static AttemptFacts TurnedAway(this AttemptFacts attempt, LinkStatus status, double minutesAgo) =>
        attempt with { TurnedAwayAs = status, TurnedAwayAt = Ago(minutesAgo), OpenedAt = attempt.OpenedAt ?? Ago(minutesAgo), AskerOpens = 1 };

    public static AttemptFacts Redeemed(this AttemptFacts attempt, double minutesAgo) => attempt with { RedeemedAt = Ago(minutesAgo), RedeemedBy = "link", OpenedAt = Ago(minutesAgo), AskerOpens = 1 };

    public static SessionFacts Session(double minutesAgo, double endsIn = 1000) => new(Ago(minutesAgo), "link", Now.AddMinutes(endsIn), KeptAt: Ago(minutesAgo));

    public static SessionFacts Ended(this SessionFacts session, double minutesAgo, string reason) => session with { EndedAt = Ago(minutesAgo), EndedReason = reason };

    public static Finding Verdict(this DiagnosisFacts facts) => Diagnose.Of(facts)[0];

    public static void ShouldBe(this DiagnosisFacts facts, Cause cause, Fix fix, Confidence confidence = Confidence.Certain)
    {
        var verdict = facts.Verdict();
        verdict.Cause.ShouldBe(cause);
        verdict.Fix.ShouldBe(fix);
        verdict.Confidence.ShouldBe(confidence);
    }
}

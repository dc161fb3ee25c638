namespace Latchkey.SignIn.Diagnosis;

/// <summary>The facts, and what every rule asks of them.</summary>
internal sealed class Situation
{
    public Situation(DiagnosisFacts facts)
    {
        Facts = facts;
        InAt = Latest([.. facts.Sessions.Where(IsIn).Select(s => (DateTimeOffset?)s.StartedAt)]);
        var newest = facts.Attempts.Count > 0 ? facts.Attempts[0] : null;
        Trying = facts.Account is not null && newest is { RedeemedAt: null } && !(newest.LastAskedAt <= InAt) ? newest : null;
        TurnedAway = facts.Account is null ? null : facts.Attempts.Where(a => a.TurnedAwayAt is not null).MaxBy(a => a.TurnedAwayAt);
        var newestMail = facts.OtherMails.Count > 0 ? facts.OtherMails[0] : null;
        Mail = MailOf(Trying, newestMail);
        LastEventAt = Latest([.. facts.Attempts.SelectMany(a => new[] { a.LastAskedAt, a.TurnedAwayAt, a.CodeTriedAt }), .. facts.Sessions.Select(s => (DateTimeOffset?)s.StartedAt),
            facts.Password.RefusedAt, facts.Password.ResetAt, newestMail?.CreatedAt]);
    }

    /// <summary>From so many mails on that wait behind one another it is the server, not an addressee.</summary>
    private const int Many = 3;

    public DiagnosisFacts Facts { get; }

    public AccountFacts? Account => Facts.Account;

    /// <summary>When they were last in with a browser that kept it.</summary>
    public DateTimeOffset? InAt { get; }

    /// <summary>The newest request, when it has not led in and they have not come in another way since.</summary>
    public AttemptFacts? Trying { get; }

    /// <summary>The request whose link was last refused.</summary>
    public AttemptFacts? TurnedAway { get; }

    /// <summary>The mail they wait for: the newest with a link, if they have not come in since.</summary>
    public MailFacts? Mail { get; }

    /// <summary>The last thing that the customer did.</summary>
    public DateTimeOffset? LastEventAt { get; }

    /// <summary>No mail of the organization is taken, whoever it is for.</summary>
    public bool IsRelayDown => Facts.Relay is { WaitingSince: { } since } relay && !(relay.LastTakenAt > since) && (relay.IsUnreachable || relay.Waiting >= Many);

    /// <summary>
    /// What may be said by what anybody can see who types this name, known or not. If it went by what is on record, which words are chosen
    /// would tell a caller whether the name is.
    /// </summary>
    public Say Public => this switch
    {
        { IsRelayDown: true } => Say.WaitForMail,
        { Facts: { Symptoms.LimitedUntil: { } until, Now: var now } } when until > now => Say.WaitAMoment,
        { Facts.Symptoms.HasTypedCodes: true } => Say.AskForFreshCode,
        { Facts: { Policy.Passwords: true, Symptoms.HasTypedPassword: true } } => Say.UseLinkOrReset,
        _ => Say.AskAndLook,
    };

    /// <summary>Words about a link, for whoever looks at its page. Said to others they would tell that the name got one.</summary>
    public Say About(AttemptFacts link, Say say) => link.IsNamed ? say : Public;

    public SessionFacts? NewestSession => Facts.Sessions.Count > 0 ? Facts.Sessions[0] : null;

    public AttemptFacts? NewestAttempt => Facts.Attempts.Count > 0 ? Facts.Attempts[0] : null;

    /// <summary>Nobody on this storefront has the name.</summary>
    public bool IsNobody => Account is null && Facts.Contact is null;

    /// <summary>Certain when nothing happened after it; else it is history that may explain the rest.</summary>
    public Confidence When(DateTimeOffset? at) => at >= LastEventAt ? Confidence.Certain : Confidence.Possible;

    public bool IsLive(SessionFacts session) => session.EndedAt is null && session.EndsAt > Facts.Now;

    public Evidence Asked => NewestAttempt is { } a
        ? new(a.IsByStaff ? EvidenceKind.AskedByStaff : EvidenceKind.Asked, a.LastAskedAt, Number: a.Asks)
        : new(EvidenceKind.NotAsked);

    public Evidence? Sent => Mail is { SentAt: { } at } ? new(EvidenceKind.Sent, at) : null;

    public static Finding Found(Cause cause, Confidence confidence, DateTimeOffset? since, Fix fix, Say say, params Evidence?[] evidence) =>
        new(cause, confidence, since, fix, say, [.. evidence.OfType<Evidence>().OrderBy(e => e.At ?? DateTimeOffset.MaxValue)]);

    public static DateTimeOffset? Latest(DateTimeOffset?[] times) => times.Max();

    /// <summary>A session that never gave its cookie back, and had the time to, was none for the customer.</summary>
    private bool IsIn(SessionFacts session) =>
        session.EndedReason != SignIn.Sessions.CookieLost && (session.KeptAt is not null || Facts.Now - session.StartedAt <= SignIn.Sessions.NewFor);

    private MailFacts? MailOf(AttemptFacts? trying, MailFacts? other)
    {
        var mine = trying?.Mails.LastOrDefault(m => m.About == MailAbout.SignIn);
        bool otherCounts = Account is not null && other is { About: MailAbout.Confirmation or MailAbout.Reset } && !(other.CreatedAt < InAt) && !(other.CreatedAt < mine?.CreatedAt);
        return otherCounts ? other : mine;
    }
}

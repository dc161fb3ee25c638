namespace Latchkey.SignIn.Diagnosis;

/// <summary>
/// Why somebody cannot sign in: from the facts on record to the causes that they show, the most probable first. Pure: it reads nothing, and
/// the same facts always give the same answer.
/// </summary>
public static class Diagnose
{
    /// <summary>In the order in which causes that are equally sure are told: what lies further back explains what came after it.</summary>
    internal static readonly IReadOnlyList<Func<Situation, Finding?>> Rules =
    [
        NameCauses.UnknownHost,
        NameCauses.Page,
        AccountCauses.Disabled,
        MailCauses.RelayDown,
        NameCauses.NoValidAddress,
        NameCauses.NoAccountYet,
        NameCauses.AddressChanged,
        NameCauses.OtherAddressOnRecord,
        NameCauses.WrongStorefront,
        NameCauses.Mistyped,
        NameCauses.NoPhone,
        NameCauses.Unknown,
        MailCauses.DomainRefusing,
        MailCauses.Suppressed,
        MailCauses.Bounced,
        MailCauses.Rejected,
        MailCauses.TextFailed,
        LimitCauses.TooManyRequests,
        MailCauses.Queued,
        SessionCauses.CookieNotKept,
        LinkCauses.Expired,
        LinkCauses.Used,
        LinkCauses.OldMail,
        LinkCauses.OtherNetwork,
        AccountCauses.Reset,
        AccountCauses.Merged,
        SessionCauses.Revoked,
        CodeCauses.Locked,
        CodeCauses.Expired,
        CodeCauses.Wrong,
        PasswordCauses.NotConfirmed,
        PasswordCauses.Locked,
        PasswordCauses.ResetExpired,
        PasswordCauses.WhereNone,
        PasswordCauses.Wrong,
        PasswordCauses.TakenAtSignUp,
        PasswordCauses.TakenAtOnlineSignUp,
        AccountCauses.ContactNotLinked,
        AccountCauses.TwoAccounts,
        LinkCauses.NotConfirmed,
        LinkCauses.ScannerOnly,
        MailCauses.NotOpened,
        SessionCauses.Expired,
        AccountCauses.Forgotten,
        AccountCauses.NeverSentLink,
        SessionCauses.NothingWrong,
        MailCauses.NoPhoneForText,
        PasswordCauses.NoneHere,
    ];

    /// <summary>Thinks.</summary>
    /// <param name="facts">What is on record.</param>
    /// <returns>At least one finding; the first is the verdict.</returns>
    public static IReadOnlyList<Finding> Of(DiagnosisFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var situation = new Situation(facts);
        var found = new List<Finding>();
        foreach (var rule in Rules)
            if (rule(situation) is { } finding && !found.Exists(f => f.Cause == finding.Cause)) found.Add(finding);
        if (found.Count == 0) return [SessionCauses.Unclear(situation)];
        return [.. found.OrderByDescending(f => f.Confidence)];
    }
}

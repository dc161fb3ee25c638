namespace Latchkey.SignIn;

public sealed partial record SignInPolicy
{
    /// <summary>Why this policy is unsafe or makes no sense; empty when it may be used.</summary>
    public IReadOnlyList<PolicyProblem> Problems()
    {
        var problems = new List<PolicyProblem>();
        Within(nameof(LinkLifetime), LinkLifetime, TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(60), problems);
        Within(nameof(RequestLifetime), RequestLifetime, LinkLifetime, TimeSpan.FromHours(24), problems);
        Within(nameof(SessionLifetime), SessionLifetime, TimeSpan.FromMinutes(5), TimeSpan.FromDays(30), problems);
        Within(nameof(SessionHardLifetime), SessionHardLifetime, SessionLifetime, TimeSpan.FromDays(365), problems);
        Within(nameof(ResendAfter), ResendAfter, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(10), problems);
        Within(nameof(StaffLinkLifetime), StaffLinkLifetime, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10), problems);
        if (!Enum.IsDefined(OtherBrowser)) problems.Add(new(PolicyProblemKind.NoSuchChoice, nameof(OtherBrowser), OtherBrowser.Confirm, OtherBrowser.Refuse));
        if (Passwords) AddPasswordProblems(problems);
        if (CodeDigits != 0) AddCodeProblems(problems);
        else if (CodeBySms) problems.Add(new(PolicyProblemKind.SmsWithoutCode, nameof(CodeBySms), 4, 8));
        return problems;
    }

    private void AddPasswordProblems(List<PolicyProblem> problems)
    {
        Within(nameof(PasswordLockout), PasswordLockout, TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30), problems);
        Within(nameof(PasswordLeastCharacters), PasswordLeastCharacters, 12, 64, problems);
        Within(nameof(PasswordTries), PasswordTries, 3, 10, problems);
    }

    private void AddCodeProblems(List<PolicyProblem> problems)
    {
        Within(nameof(CodeLifetime), CodeLifetime, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10), problems);
        if (CodeDigits is < 4 or > 8) problems.Add(new(PolicyProblemKind.CodeDigits, nameof(CodeDigits), 4, 8));
        // One guess in 2,000 at the most for each request: 4 digits allow 5 tries, 6 digits are bounded by habit.
        else if (CodeTries < 1 || CodeTries > MostCodeTries) problems.Add(new(PolicyProblemKind.CodeTries, nameof(CodeTries), 1, MostCodeTries));
    }

    private int MostCodeTries => (int)Math.Min(10, Math.Pow(10, CodeDigits) / 2000);

    /// <summary>Where this policy is weaker than OWASP ASVS 5 level 2 or NIST SP 800-63B-4, with the rule's number.</summary>
    public IReadOnlyList<PolicyDeviation> Deviations()
    {
        var found = new List<PolicyDeviation>();
        if (LinkLifetime > TimeSpan.FromMinutes(10)) found.Add(new(PolicyDeviationKind.LinkLifetime, "ASVS 6.5.5, NIST 3.1.3.2", (int)LinkLifetime.TotalMinutes));
        if (CodeDigits is > 0 and < 6) found.Add(new(PolicyDeviationKind.CodeDigits, "ASVS 6.5.4, NIST 3.1.3.2", CodeDigits));
        if (SessionHardLifetime > TimeSpan.FromDays(30)) found.Add(new(PolicyDeviationKind.SessionLifetime, "NIST 2.1.3", (int)SessionHardLifetime.TotalDays));
        if (CodeBySms) found.Add(new(PolicyDeviationKind.CodeBySms, "ASVS 6.6.1, NIST 3.1.3.3", 0));
        if (Passwords && PasswordLeastCharacters < 15) found.Add(new(PolicyDeviationKind.PasswordLength, "NIST 3.1.1.2", PasswordLeastCharacters));
        if (StaffMayCopyLinks) found.Add(new(PolicyDeviationKind.StaffLinks, "ASVS 6.3.4", 0));
        return found;
    }

    private static void Within<T>(string field, T value, T least, T most, List<PolicyProblem> problems)
        where T : IComparable<T>
    {
        if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0) problems.Add(new(PolicyProblemKind.OutOfBounds, field, least, most));
    }
}

/// <summary>What is wrong with a field of a policy.</summary>
public enum PolicyProblemKind
{
    /// <summary>It must be between the least and the most.</summary>
    OutOfBounds,
    /// <summary>It is none of the choices.</summary>
    NoSuchChoice,
    /// <summary>A code has as many digits as the bounds say, or 0 for no code.</summary>
    CodeDigits,
    /// <summary>So many tries make a code of so few digits too easily guessed.</summary>
    CodeTries,
    /// <summary>An SMS carries the code, and there is none.</summary>
    SmsWithoutCode,
}

/// <summary>Why a policy is refused.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Field">The policy's field.</param>
/// <param name="Least">The least it may be: a <see cref="TimeSpan"/>, a number or a choice.</param>
/// <param name="Most">The most it may be.</param>
public sealed record PolicyProblem(PolicyProblemKind Kind, string Field, object Least, object Most)
{
    /// <summary>In English, for the command line.</summary>
    public override string ToString() => Kind switch
    {
        PolicyProblemKind.OutOfBounds => $"{Field} must be between {Least} and {Most}.",
        PolicyProblemKind.NoSuchChoice => "What happens in another browser is one of Confirm, Match and Refuse.",
        PolicyProblemKind.CodeDigits => $"A code has {Least} to {Most} digits, or 0 for no code.",
        PolicyProblemKind.CodeTries => $"So many tries at a code of so few digits are too easily guessed: at most {Most}.",
        PolicyProblemKind.SmsWithoutCode => $"An SMS carries the code: give the code {Least} to {Most} digits, or switch SMS off.",
    };
}

/// <summary>In what a policy is weaker than a published rule.</summary>
public enum PolicyDeviationKind
{
    /// <summary>A link works for more than 10 minutes.</summary>
    LinkLifetime,
    /// <summary>A code has fewer than 6 digits.</summary>
    CodeDigits,
    /// <summary>A session can last for more than 30 days.</summary>
    SessionLifetime,
    /// <summary>Codes go by SMS, a restricted channel.</summary>
    CodeBySms,
    /// <summary>A password that stands alone may have fewer than 15 characters.</summary>
    PasswordLength,
    /// <summary>Staff may copy a link that signs in as the customer.</summary>
    StaffLinks,
}

/// <summary>One way in which a policy is weaker than a published rule.</summary>
/// <param name="Kind">What differs.</param>
/// <param name="Rule">The rule's number.</param>
/// <param name="Value">The policy's value: minutes, digits, days or characters; 0 where there is none.</param>
public sealed record PolicyDeviation(PolicyDeviationKind Kind, string Rule, int Value)
{
    /// <summary>What differs, in one English sentence, for the command line.</summary>
    public string Difference => Kind switch
    {
        PolicyDeviationKind.LinkLifetime => $"A link works for {Value} minutes; the rule is 10.",
        PolicyDeviationKind.CodeDigits => $"A code has {Value} digits; the rule is 6.",
        PolicyDeviationKind.SessionLifetime => $"A session can last {Value} days; the rule is 30.",
        PolicyDeviationKind.CodeBySms => "Codes go by SMS to a number on file; SMS is a restricted channel, and mail is its alternative.",
        PolicyDeviationKind.PasswordLength => $"A password that stands alone has {Value} characters or more; the rule is 15.",
        PolicyDeviationKind.StaffLinks => "Staff may copy a link that signs in as the customer; each is recorded, and the customer is told.",
    };
}

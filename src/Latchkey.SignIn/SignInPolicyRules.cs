namespace Latchkey.SignIn;

public sealed partial record SignInPolicy
{
    /// <summary>Why this policy is unsafe or makes no sense, one sentence each; empty when it may be used.</summary>
    public IReadOnlyList<string> Problems()
    {
        var problems = new List<string>();
        Within(LinkLifetime, TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(60), "The link lifetime", problems);
        Within(RequestLifetime, LinkLifetime, TimeSpan.FromHours(24), "The request lifetime", problems);
        Within(SessionLifetime, TimeSpan.FromMinutes(5), TimeSpan.FromDays(30), "The session lifetime", problems);
        Within(SessionHardLifetime, SessionLifetime, TimeSpan.FromDays(365), "The absolute end of a session", problems);
        Within(ResendAfter, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(10), "The pause before asking again", problems);
        Within(StaffLinkLifetime, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10), "The lifetime of a link that staff copied", problems);
        if (!Enum.IsDefined(OtherBrowser)) problems.Add("What happens in another browser is one of Confirm, Match and Refuse.");
        if (Passwords) AddPasswordProblems(problems);
        if (CodeDigits != 0) AddCodeProblems(problems);
        else if (CodeBySms) problems.Add("An SMS carries the code: give the code 4 to 8 digits, or switch SMS off.");
        return problems;
    }

    private void AddPasswordProblems(List<string> problems)
    {
        Within(PasswordLockout, TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30), "The pause after wrong passwords", problems);
        if (PasswordLeastCharacters is < 12 or > 64) problems.Add("A password has at least 12 characters, and no more than 64 may be asked for.");
        if (PasswordTries is < 3 or > 10) problems.Add("The password path pauses after 3 to 10 wrong passwords.");
    }

    private void AddCodeProblems(List<string> problems)
    {
        Within(CodeLifetime, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10), "The code lifetime", problems);
        if (CodeDigits is < 4 or > 8) problems.Add("A code has 4 to 8 digits, or 0 for no code.");
        // One guess in 2,000 at the most for each request: 4 digits allow 5 tries, 6 digits are bounded by habit.
        else if (CodeTries < 1 || CodeTries > Math.Min(10, Math.Pow(10, CodeDigits) / 2000))
            problems.Add($"{CodeTries} tries at a code of {CodeDigits} digits are too easily guessed: at most {Math.Min(10, (int)(Math.Pow(10, CodeDigits) / 2000))}.");
    }

    /// <summary>Where this policy is weaker than OWASP ASVS 5 level 2 or NIST SP 800-63B-4, with the rule's number.</summary>
    public IReadOnlyList<PolicyDeviation> Deviations()
    {
        var found = new List<PolicyDeviation>();
        if (LinkLifetime > TimeSpan.FromMinutes(10))
            found.Add(new("ASVS 6.5.5, NIST 3.1.3.2", $"A link works for {LinkLifetime.TotalMinutes:0} minutes; the rule is 10."));
        if (CodeDigits is > 0 and < 6)
            found.Add(new("ASVS 6.5.4, NIST 3.1.3.2", $"A code has {CodeDigits} digits; the rule is 6."));
        if (SessionHardLifetime > TimeSpan.FromDays(30))
            found.Add(new("NIST 2.1.3", $"A session can last {SessionHardLifetime.TotalDays:0} days; the rule is 30."));
        if (CodeBySms)
            found.Add(new("ASVS 6.6.1, NIST 3.1.3.3", "Codes go by SMS to a number on file; SMS is a restricted channel, and mail is its alternative."));
        if (Passwords && PasswordLeastCharacters < 15)
            found.Add(new("NIST 3.1.1.2", $"A password that stands alone has {PasswordLeastCharacters} characters or more; the rule is 15."));
        if (StaffMayCopyLinks)
            found.Add(new("ASVS 6.3.4", "Staff may copy a link that signs in as the customer; each is recorded, and the customer is told."));
        return found;
    }

    private static void Within(TimeSpan value, TimeSpan least, TimeSpan most, string what, List<string> problems)
    {
        if (value < least || value > most) problems.Add($"{what} is {value}; it must be between {least} and {most}.");
    }
}

/// <summary>One way in which a policy is weaker than a published rule.</summary>
/// <param name="Rule">The rule's number.</param>
/// <param name="Difference">What differs, in one sentence.</param>
public sealed record PolicyDeviation(string Rule, string Difference);

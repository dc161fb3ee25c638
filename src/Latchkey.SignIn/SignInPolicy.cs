namespace Latchkey.SignIn;

/// <summary>How a storefront's customers sign in. What differs between businesses is a value here, never a fork of the code.</summary>
public sealed record SignInPolicy
{
    /// <summary>The preset this started from; a label.</summary>
    public string Preset { get; init; } = "new";

    /// <summary>How long a link works, from the moment its mail was handed to the mail server.</summary>
    public TimeSpan LinkLifetime { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// When a request ends whatever happens, from the moment it was made. It leaves room for a relay that takes its time, and
    /// bounds what asking again can add.
    /// </summary>
    public TimeSpan RequestLifetime { get; init; } = TimeSpan.FromHours(4);

    /// <summary>Digits of the code in the same mail; 0 when there is none.</summary>
    public int CodeDigits { get; init; } = 6;

    /// <summary>How long the code works, from the moment the mail was handed over.</summary>
    public TimeSpan CodeLifetime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Codes that may be typed for one request, the right one included.</summary>
    public int CodeTries { get; init; } = 5;

    /// <summary>How long a session lasts: from its start, or from its last use when <see cref="SessionSlides"/>.</summary>
    public TimeSpan SessionLifetime { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Whether use prolongs the session, at most once a day.</summary>
    public bool SessionSlides { get; init; } = true;

    /// <summary>When a session ends whatever happens, from its start (ASVS 5, 7.3.2).</summary>
    public TimeSpan SessionHardLifetime { get; init; } = TimeSpan.FromDays(180);

    /// <summary>Asking again for the same address in the same browser sends nothing before this has passed.</summary>
    public TimeSpan ResendAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The limits in force.</summary>
    public SignInLimits Limits { get; init; } = new();

    /// <summary>What a new storefront gets.</summary>
    public static SignInPolicy New { get; } = new();

    /// <summary>Self-storage: link 60 minutes, session 24 hours.</summary>
    public static SignInPolicy Storage { get; } = New with
    {
        Preset = "storage",
        LinkLifetime = TimeSpan.FromMinutes(60),
        CodeDigits = 0,
        SessionLifetime = TimeSpan.FromHours(24),
        SessionSlides = false,
        SessionHardLifetime = TimeSpan.FromHours(24),
    };

    /// <summary>Clubs: link 15 minutes, session 30 days from its last use.</summary>
    public static SignInPolicy Membership { get; } = New with { Preset = "membership", CodeDigits = 0 };

    /// <summary>Subscription shops: link 10 minutes, and a 4-digit code in the same mail with three tries.</summary>
    public static SignInPolicy Subscription { get; } = New with
    {
        Preset = "subscription",
        LinkLifetime = TimeSpan.FromMinutes(10),
        CodeDigits = 4,
        CodeTries = 3,
    };

    /// <summary>Portals that also have passwords: link 60 minutes, session 24 hours.</summary>
    public static SignInPolicy Password { get; } = Storage with { Preset = "password" };

    /// <summary>The presets by name: storage, membership, subscription, password, new.</summary>
    public static IReadOnlyDictionary<string, SignInPolicy> Presets { get; } =
        new[] { Storage, Membership, Subscription, Password, New }.ToDictionary(p => p.Preset, StringComparer.Ordinal);

    /// <summary>Why this policy is unsafe or makes no sense, one sentence each; empty when it may be used.</summary>
    public IReadOnlyList<string> Problems()
    {
        var problems = new List<string>();
        Within(LinkLifetime, TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(60), "The link lifetime", problems);
        Within(RequestLifetime, LinkLifetime, TimeSpan.FromHours(24), "The request lifetime", problems);
        Within(SessionLifetime, TimeSpan.FromMinutes(5), TimeSpan.FromDays(30), "The session lifetime", problems);
        Within(SessionHardLifetime, SessionLifetime, TimeSpan.FromDays(365), "The absolute end of a session", problems);
        Within(ResendAfter, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(10), "The pause before asking again", problems);
        if (CodeDigits == 0) return problems;

        Within(CodeLifetime, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10), "The code lifetime", problems);
        if (CodeDigits is < 4 or > 8) problems.Add("A code has 4 to 8 digits, or 0 for no code.");
        // One guess in 2,000 at the most for each request: 4 digits allow 5 tries, 6 digits are bounded by habit.
        else if (CodeTries < 1 || CodeTries > Math.Min(10, Math.Pow(10, CodeDigits) / 2000))
            problems.Add($"{CodeTries} tries at a code of {CodeDigits} digits are too easily guessed: at most {Math.Min(10, (int)(Math.Pow(10, CodeDigits) / 2000))}.");
        return problems;
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

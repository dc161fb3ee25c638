namespace Latchkey.SignIn.Tests;

[Trait("Engine", "none")]
public sealed class APresetTests
{
    /// <summary>The table of PRODUCT.md, section 2: minutes of a link; digits, minutes and tries of a code; hours of a session.</summary>
    [Theory]
    [InlineData("storage", 60, 0, 0, 0, 24, false)]
    [InlineData("membership", 15, 0, 0, 0, 720, true)]
    [InlineData("subscription", 10, 4, 10, 3, 720, true)]
    [InlineData("password", 60, 0, 0, 0, 24, false)]
    [InlineData("new", 15, 6, 10, 5, 720, true)]
    public void Is_what_the_product_says(string name, int link, int digits, int code, int tries, int session, bool slides)
    {
        var policy = SignInPolicy.Presets[name];
        policy.Preset.ShouldBe(name);
        policy.LinkLifetime.ShouldBe(TimeSpan.FromMinutes(link));
        policy.CodeDigits.ShouldBe(digits);
        if (digits > 0)
        {
            policy.CodeLifetime.ShouldBe(TimeSpan.FromMinutes(code));
            policy.CodeTries.ShouldBe(tries);
        }
        policy.SessionLifetime.ShouldBe(TimeSpan.FromHours(session));
        policy.SessionSlides.ShouldBe(slides);
        policy.SessionHardLifetime.ShouldBe(slides ? TimeSpan.FromDays(180) : TimeSpan.FromHours(24));
    }

    [Fact]
    public void Is_safe_whichever_it_is()
    {
        SignInPolicy.Presets.Keys.ShouldBe(["storage", "membership", "subscription", "password", "new"], ignoreOrder: true);
        foreach (var policy in SignInPolicy.Presets.Values) policy.Problems().ShouldBeEmpty(policy.Preset);
    }

    [Theory]
    [InlineData("storage", "ASVS 6.5.5, NIST 3.1.3.2")]
    [InlineData("membership", "ASVS 6.5.5, NIST 3.1.3.2|NIST 2.1.3")]
    [InlineData("subscription", "ASVS 6.5.4, NIST 3.1.3.2|NIST 2.1.3|ASVS 6.6.1, NIST 3.1.3.3|ASVS 6.3.4")]
    [InlineData("password", "ASVS 6.5.5, NIST 3.1.3.2|NIST 3.1.1.2")]
    [InlineData("new", "ASVS 6.5.5, NIST 3.1.3.2|NIST 2.1.3")]
    public void Names_the_rules_it_is_weaker_than(string name, string rules) =>
        string.Join('|', SignInPolicy.Presets[name].Deviations().Select(d => d.Rule)).ShouldBe(rules);
}

[Trait("Engine", "none")]
public sealed class APolicyThatIsEditedTests
{
    static readonly SignInPolicy New = SignInPolicy.New, Passwords = SignInPolicy.Password;

    public static TheoryData<string, string> Unsafe => new()
    {
        { "link too short", "LinkLifetime" }, { "link too long", "LinkLifetime" },
        { "request shorter than its link", "RequestLifetime" }, { "request too long", "RequestLifetime" },
        { "session too short", "SessionLifetime" }, { "session too long", "SessionLifetime" },
        { "session ends before itself", "SessionHardLifetime" }, { "session without end", "SessionHardLifetime" },
        { "resend at once", "ResendAfter" }, { "resend too late", "ResendAfter" },
        { "code too short", "4 to 8 digits" }, { "code too long", "4 to 8 digits" }, { "negative code", "4 to 8 digits" },
        { "code for ever", "CodeLifetime" }, { "code for no time", "CodeLifetime" },
        { "20 tries at 4 digits", "too easily guessed: at most 5" }, { "6 tries at 4 digits", "too easily guessed" },
        { "11 tries at 6 digits", "too easily guessed: at most 10" }, { "no tries", "tries" },
        { "SMS without a code", "SMS carries the code" }, { "copied link too long", "StaffLinkLifetime" }, { "other browser unknown", "another browser" },
        { "lockout too short", "PasswordLockout" }, { "lockout too long", "PasswordLockout" },
        { "password too short", "PasswordLeastCharacters" }, { "password too long", "PasswordLeastCharacters" }, { "2 wrong passwords", "PasswordTries" }, { "11 wrong passwords", "PasswordTries" },
    };

    [Theory]
    [MemberData(nameof(Unsafe))]
    public void Is_refused_with_a_reason_beyond_each_bound(string edit, string reason)
    {
        var problem = Edited(edit).Problems().ShouldHaveSingleItem();
        problem.ToString().ShouldContain(reason);
    }

    [Fact]
    public void Is_accepted_at_each_bound()
    {
        SignInPolicy[] bounds =
        [
            New with { LinkLifetime = TimeSpan.FromMinutes(2) }, New with { LinkLifetime = TimeSpan.FromMinutes(60) },
            New with { RequestLifetime = New.LinkLifetime }, New with { RequestLifetime = TimeSpan.FromHours(24) },
            New with { SessionLifetime = TimeSpan.FromMinutes(5) }, New with { SessionHardLifetime = New.SessionLifetime },
            New with { SessionHardLifetime = TimeSpan.FromDays(365) }, New with { ResendAfter = TimeSpan.FromSeconds(5) },
            New with { CodeDigits = 4, CodeTries = 5 }, New with { CodeDigits = 8, CodeTries = 10 }, New with { CodeTries = 1 },
            New with { CodeLifetime = TimeSpan.FromMinutes(1) },
        ];
        foreach (var policy in bounds) policy.Problems().ShouldBeEmpty();
    }

    [Fact]
    public void Names_nothing_when_it_keeps_every_rule() =>
        (New with { LinkLifetime = TimeSpan.FromMinutes(10), SessionHardLifetime = TimeSpan.FromDays(30) }).Deviations().ShouldBeEmpty();

    [Fact]
    public void Says_what_differs_and_by_how_much()
    {
        var found = (New with { LinkLifetime = TimeSpan.FromMinutes(45), CodeDigits = 5 }).Deviations();
        found.Select(d => d.Difference).ShouldBe([
            "A link works for 45 minutes; the rule is 10.", "A code has 5 digits; the rule is 6.", "A session can last 180 days; the rule is 30."]);
    }

    static SignInPolicy Edited(string edit) => edit switch
    {
        "link too short" => New with { LinkLifetime = TimeSpan.FromMinutes(2) - TimeSpan.FromSeconds(1) },
        "link too long" => New with { LinkLifetime = TimeSpan.FromMinutes(61) },
        "request shorter than its link" => New with { RequestLifetime = TimeSpan.FromMinutes(14) },
        "request too long" => New with { RequestLifetime = TimeSpan.FromHours(25) },
        "session too short" => New with { SessionLifetime = TimeSpan.FromMinutes(4) },
        "session too long" => New with { SessionLifetime = TimeSpan.FromDays(31) },
        "session ends before itself" => New with { SessionHardLifetime = TimeSpan.FromDays(29) },
        "session without end" => New with { SessionHardLifetime = TimeSpan.FromDays(366) },
        "resend at once" => New with { ResendAfter = TimeSpan.FromSeconds(4) },
        "resend too late" => New with { ResendAfter = TimeSpan.FromMinutes(11) },
        "code too short" => New with { CodeDigits = 3 },
        "code too long" => New with { CodeDigits = 9 },
        "negative code" => New with { CodeDigits = -1 },
        "code for ever" => New with { CodeLifetime = TimeSpan.FromMinutes(11) },
        "code for no time" => New with { CodeLifetime = TimeSpan.Zero },
        "20 tries at 4 digits" => New with { CodeDigits = 4, CodeTries = 20 },
        "6 tries at 4 digits" => New with { CodeDigits = 4, CodeTries = 6 },
        "11 tries at 6 digits" => New with { CodeTries = 11 },
        "no tries" => New with { CodeTries = 0 },
        "SMS without a code" => New with { CodeDigits = 0, CodeBySms = true },
        "copied link too long" => New with { StaffLinkLifetime = TimeSpan.FromMinutes(11) },
        "other browser unknown" => New with { OtherBrowser = (OtherBrowser)7 },
        "lockout too short" => Passwords with { PasswordLockout = TimeSpan.FromMinutes(14) },
        "lockout too long" => Passwords with { PasswordLockout = TimeSpan.FromMinutes(31) },
        "password too short" => Passwords with { PasswordLeastCharacters = 11 },
        "password too long" => Passwords with { PasswordLeastCharacters = 65 },
        "2 wrong passwords" => Passwords with { PasswordTries = 2 },
        "11 wrong passwords" => Passwords with { PasswordTries = 11 },
        _ => throw new ArgumentOutOfRangeException(nameof(edit), edit, null),
    };
}

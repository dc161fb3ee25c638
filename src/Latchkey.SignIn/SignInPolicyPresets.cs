namespace Latchkey.SignIn;

public sealed partial record SignInPolicy
{
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
        CodeBySms = true,
        StaffMayCopyLinks = true,
    };

    /// <summary>Portals that also have passwords: link 60 minutes, session 24 hours.</summary>
    public static SignInPolicy Password { get; } = Storage with { Preset = "password", Passwords = true };

    /// <summary>The business's own staff at the console: link and code 10 minutes, session 12 hours. No storefront's preset.</summary>
    public static SignInPolicy Staff { get; } = New with
    {
        Preset = "staff",
        LinkLifetime = TimeSpan.FromMinutes(10),
        SessionLifetime = TimeSpan.FromHours(12),
        SessionSlides = false,
        SessionHardLifetime = TimeSpan.FromHours(12),
    };

    /// <summary>The presets by name: storage, membership, subscription, password, new.</summary>
    public static IReadOnlyDictionary<string, SignInPolicy> Presets { get; } =
        new[] { Storage, Membership, Subscription, Password, New }.ToDictionary(p => p.Preset, StringComparer.Ordinal);
}

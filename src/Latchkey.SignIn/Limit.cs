namespace Latchkey.SignIn;

/// <summary>How often something may happen: <paramref name="Burst"/> times at once, and once more every <paramref name="Every"/> after that.</summary>
/// <param name="Burst">Uses at once; 0 switches the limit off.</param>
/// <param name="Every">Time after which one more use is earned.</param>
public sealed record Limit(int Burst, TimeSpan Every)
{
    /// <summary>No limit.</summary>
    public static Limit Off { get; } = new(0, TimeSpan.Zero);

    /// <summary>Whether anything is counted.</summary>
    public bool IsOn => Burst > 0;

    internal long CostMs => (long)Every.TotalMilliseconds;

    internal long DepthMs => Burst * CostMs;
}

/// <summary>
/// The limits on asking for a link and on typing codes. All are counted for what was typed, never for what it belongs to,
/// so a known and an unknown address are limited alike.
/// </summary>
public sealed record SignInLimits
{
    /// <summary>Asking, per typed address.</summary>
    public Limit Address { get; init; } = new(5, TimeSpan.FromMinutes(3));

    /// <summary>Asking, per typed address and day: nobody can flood a mailbox.</summary>
    public Limit AddressDay { get; init; } = new(20, TimeSpan.FromMinutes(72));

    /// <summary>Asking, per browser.</summary>
    public Limit Browser { get; init; } = new(10, TimeSpan.FromMinutes(1));

    /// <summary>Asking, per IPv4 address or IPv6 /64: wide enough for an office behind one address.</summary>
    public Limit Ip { get; init; } = new(60, TimeSpan.FromSeconds(6));

    /// <summary>Asking, for the whole storefront.</summary>
    public Limit Storefront { get; init; } = new(2000, TimeSpan.FromMilliseconds(100));

    /// <summary>Asking, per mailbox over the whole installation, variants with dots and +tags counted together.</summary>
    public Limit Mailbox { get; init; } = new(30, TimeSpan.FromMinutes(48));

    /// <summary>Typing codes, per address: survives new requests (NIST SP 800-63B-4, 3.1.3.2).</summary>
    public Limit Code { get; init; } = new(15, TimeSpan.FromMinutes(10));

    /// <summary>Typing codes, per account: its address and its number are one lock.</summary>
    public Limit CodeAccount { get; init; } = new(30, TimeSpan.FromMinutes(10));

    /// <summary>Links that staff copy, per account.</summary>
    public Limit Staff { get; init; } = new(10, TimeSpan.FromMinutes(6));

    /// <summary>Typing codes, for the whole storefront: ten thousand accounts with five guesses each is many guesses.</summary>
    public Limit CodeStorefront { get; init; } = new(300, TimeSpan.FromSeconds(6));

    /// <summary>Asking for a challenge that a passkey answers, per IPv4 address or IPv6 /64.</summary>
    public Limit Passkey { get; init; } = new(60, TimeSpan.FromSeconds(6));

    /// <summary>Nothing is limited: for load tests.</summary>
    public static SignInLimits Off { get; } = new()
    {
        Address = Limit.Off,
        AddressDay = Limit.Off,
        Browser = Limit.Off,
        Ip = Limit.Off,
        Storefront = Limit.Off,
        Mailbox = Limit.Off,
        Code = Limit.Off,
        CodeAccount = Limit.Off,
        CodeStorefront = Limit.Off,
        Passkey = Limit.Off,
        Staff = Limit.Off,
    };
}

namespace Latchkey.SignIn;

/// <summary>How a storefront's customers sign in. What differs between businesses is a value here, never a fork of the code.</summary>
public sealed partial record SignInPolicy
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

    /// <summary>Whether the code is also sent by SMS when the account has a phone number, and the number may be typed instead of the address.</summary>
    public bool CodeBySms { get; init; }

    /// <summary>What a link asks for in a browser that did not ask for it.</summary>
    public OtherBrowser OtherBrowser { get; init; } = OtherBrowser.Confirm;

    /// <summary>Whether a link works only from the network address (IPv4, or IPv6 /64) that asked for it.</summary>
    public bool BindIp { get; init; }

    /// <summary>Whether staff may copy a link that signs in as the customer, with a reason and the customer told.</summary>
    public bool StaffMayCopyLinks { get; init; }

    /// <summary>How long a link works that staff copied, from the moment it was made.</summary>
    public TimeSpan StaffLinkLifetime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Whether there are passwords too. Signing in by link stays possible.</summary>
    public bool Passwords { get; init; }

    /// <summary>The fewest characters of a new password; the most are 128.</summary>
    public int PasswordLeastCharacters { get; init; } = 12;

    /// <summary>Wrong passwords in a row after which the password path of the account pauses.</summary>
    public int PasswordTries { get; init; } = 5;

    /// <summary>For how long the password path pauses; link, code and passkey go on working.</summary>
    public TimeSpan PasswordLockout { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Whether passkeys are offered after a sign-in.</summary>
    public bool Passkeys { get; init; } = true;

    /// <summary>Whether an address without an account gets a mail that says so. The page says the same to all either way.</summary>
    public bool TellUnknown { get; init; }

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
}

/// <summary>What a link asks for in a browser that did not ask for it.</summary>
public enum OtherBrowser
{
    /// <summary>A button that says who is about to sign in.</summary>
    Confirm,
    /// <summary>The two-digit number that the waiting page shows.</summary>
    Match,
    /// <summary>It does not sign in there; the page leads back to the browser that asked.</summary>
    Refuse,
}

namespace Latchkey.SignIn;

/// <summary>Something about passwords that is asked for at an address. Nothing in it was looked up.</summary>
public sealed record PasswordAsk
{
    /// <summary>What is asked for.</summary>
    public required PasswordAskKind Kind { get; init; }

    /// <summary>The address as typed.</summary>
    public required EmailAddress Address { get; init; }

    /// <summary>The browser that asked: in it, a registration is confirmed without typing the password again.</summary>
    public required BrowserSecret Browser { get; init; }

    /// <summary>The requester's address for limits: IPv4, or an IPv6 /64.</summary>
    public string? Ip { get; init; }

    /// <summary>Language of the mail when the account has none of its own (BCP 47).</summary>
    public required string Locale { get; init; }
}

/// <summary>What a <see cref="PasswordAsk"/> asks for.</summary>
public enum PasswordAskKind
{
    /// <summary>An account with a password.</summary>
    Register,
    /// <summary>A new password.</summary>
    Reset,
    /// <summary>Another mail that confirms the address.</summary>
    Confirm,
}

/// <summary>An ask whose account was looked up.</summary>
/// <param name="Where">The storefront.</param>
/// <param name="Mail">The mail to send.</param>
/// <param name="AccountId">The account it is about.</param>
/// <param name="Email">Where it goes.</param>
/// <param name="Locale">Its language.</param>
/// <param name="Link">The link in it; null when it has none.</param>
public sealed record AnsweredPasswordAsk(StorefrontKey Where, PasswordAnswer Mail, Guid AccountId, string Email, string Locale, OneTimeLink? Link);

/// <summary>The mail that answers a <see cref="PasswordAsk"/>.</summary>
public enum PasswordAnswer
{
    /// <summary>Confirm this address.</summary>
    ConfirmEmail,
    /// <summary>Somebody tried to register: there is an account already, and nothing changed.</summary>
    HasAccount,
    /// <summary>Set a new password.</summary>
    ResetPassword,
    /// <summary>Set the first password.</summary>
    SetPassword,
}

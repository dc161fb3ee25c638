using System.Diagnostics.CodeAnalysis;

namespace Latchkey.SignIn;

/// <summary>What a customer is found by: an e-mail address or, where the policy has SMS, a phone number; in canonical form.</summary>
public sealed class SignInName
{
    private SignInName(EmailAddress? email, PhoneNumber? phone) => (Email, Phone) = (email, phone);

    /// <summary>The address, when it is one.</summary>
    public EmailAddress? Email { get; }

    /// <summary>The number, when it is one.</summary>
    public PhoneNumber? Phone { get; }

    /// <summary>The canonical form.</summary>
    public string Value => Email?.Value ?? Phone!.Value;

    /// <summary>The form for people who did not type it themselves.</summary>
    public string Masked => Email?.Masked ?? Phone!.Masked;

    /// <summary>Reads what was typed.</summary>
    /// <param name="typed">The text. It may be anything.</param>
    /// <param name="phones">Whether a phone number will do.</param>
    /// <param name="callingCode">Country calling code of numbers typed without one, or null.</param>
    /// <param name="name">The name.</param>
    /// <returns>False when it is neither one address nor, if it may be, one number.</returns>
    public static bool TryRead(string? typed, bool phones, string? callingCode, [NotNullWhen(true)] out SignInName? name)
    {
        name = null;
        if (EmailAddress.TryRead(typed, out var email)) name = new SignInName(email, null);
        else if (phones && PhoneNumber.TryRead(typed, callingCode, out var phone)) name = new SignInName(null, phone);
        return name is not null;
    }

    /// <summary>The name that is this address.</summary>
    public static SignInName Of(EmailAddress email) => new(email, null);

    /// <summary>A name in canonical form, such as one read back from the database.</summary>
    /// <param name="value">The canonical form.</param>
    /// <exception cref="FormatException">It is not canonical.</exception>
    public static SignInName Of(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Contains('@', StringComparison.Ordinal) ? new(EmailAddress.Of(value), null) : new(null, PhoneNumber.Of(value));
    }

    /// <summary>The masked form: logs show no more.</summary>
    public override string ToString() => Masked;

    /// <summary>What mails or texts to one person are counted by, over all storefronts.</summary>
    public string Mailbox() => Email?.Mailbox() ?? Phone!.Value;
}

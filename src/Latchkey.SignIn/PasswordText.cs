using System.Text;

namespace Latchkey.SignIn;

/// <summary>Passwords as text.</summary>
public static class PasswordText
{
    /// <summary>The longest password there can be, in code points.</summary>
    public const int MostCharacters = 128;

    /// <summary>
    /// The one spelling that is hashed: NFC (NIST SP 800-63B-4, 3.1.1.2), so that é is the same from every keyboard. Nothing is trimmed
    /// and nothing cut off.
    /// </summary>
    /// <param name="typed">The text. It may be anything.</param>
    public static string Normalize(string typed)
    {
        ArgumentNullException.ThrowIfNull(typed);
        // Halves of surrogate pairs have no normal form; they cannot come from a keyboard.
        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(typed)).Normalize(NormalizationForm.FormC);
    }

    /// <summary>The length that a person would count.</summary>
    /// <param name="password">A normalized password.</param>
    public static int Length(string password)
    {
        ArgumentNullException.ThrowIfNull(password);
        return password.EnumerateRunes().Count();
    }
}

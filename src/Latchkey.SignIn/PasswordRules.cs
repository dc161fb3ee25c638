namespace Latchkey.SignIn;

/// <summary>
/// What a new password must be: long enough, and not one of the first guesses. No rule about kinds of characters and no expiry
/// (ASVS 5, 6.2; NIST SP 800-63B-4, 3.1.1.2).
/// </summary>
public static class PasswordRules
{
    private const int LeastOfTheirOwn = 8;

    /// <summary>Judges a new password.</summary>
    /// <param name="password">In the form of <see cref="PasswordText.Normalize"/>.</param>
    /// <param name="policy">How long it must be.</param>
    /// <param name="about">What others know: the address, the person's name, the storefront's name.</param>
    /// <returns>What is wrong with it; null when it may be used.</returns>
    public static PasswordProblem? Judge(string password, SignInPolicy policy, params ReadOnlySpan<string?> about)
    {
        ArgumentNullException.ThrowIfNull(password);
        ArgumentNullException.ThrowIfNull(policy);
        int length = PasswordText.Length(password);
        if (length < policy.PasswordLeastCharacters) return PasswordProblem.TooShort;
        if (length > PasswordText.MostCharacters) return PasswordProblem.TooLong;
        string lower = password.ToLowerInvariant();
        if (PasswordFolding.IsRepeated(lower)) return PasswordProblem.Repeated;
        if (PasswordFolding.IsSequence(lower)) return PasswordProblem.Sequence;
        if (CommonPasswords.Contain(password)) return PasswordProblem.Common;
        return IsMadeOf(PasswordFolding.LettersAndDigits(password), about) ? PasswordProblem.Personal : null;
    }

    /// <summary>Without what others know, hardly anything is left. Longer words are taken out first: the address before its parts.</summary>
    private static bool IsMadeOf(string folded, ReadOnlySpan<string?> about)
    {
        string left = folded;
        foreach (string word in Words(about.ToArray()).OrderByDescending(w => w.Length)) left = left.Replace(word, "", StringComparison.Ordinal);
        return left.Length < folded.Length && left.Length < LeastOfTheirOwn;
    }

    private static IEnumerable<string> Words(string?[] about) => about.OfType<string>()
        .SelectMany(text => text.Split(' ', '@', '.', '-', '_', '+').Append(text))
        .Select(PasswordFolding.LettersAndDigits).Where(word => word.Length >= 3).Distinct(StringComparer.Ordinal);
}

/// <summary>Why a password may not be used.</summary>
public enum PasswordProblem
{
    /// <summary>Fewer characters than the policy asks for.</summary>
    TooShort,
    /// <summary>More than <see cref="PasswordText.MostCharacters"/> characters.</summary>
    TooLong,
    /// <summary>One of the passwords that everybody tries first, or such a one in disguise.</summary>
    Common,
    /// <summary>One piece again and again.</summary>
    Repeated,
    /// <summary>Neighbours of the alphabet or the keyboard.</summary>
    Sequence,
    /// <summary>The address or a name, and little more.</summary>
    Personal,
}

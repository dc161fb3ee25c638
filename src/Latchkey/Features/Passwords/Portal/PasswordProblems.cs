using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Latchkey.SignIn;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.Passwords.Portal;

/// <summary>Judges a new password, and says in words what is wrong with it.</summary>
public sealed class PasswordProblems(IStringLocalizer<Texts> l)
{
    /// <param name="typed">The password as typed.</param>
    /// <param name="about">What others know of the person: the address, the name.</param>
    /// <returns>Null when it may be used.</returns>
    public string? Find(Storefront storefront, string typed, params ReadOnlySpan<string?> about) =>
        PasswordRules.Judge(PasswordText.Normalize(typed), storefront.Policy, [storefront.Name, .. about]) is { } problem ? InWords(storefront, problem) : null;

    private string InWords(Storefront storefront, PasswordProblem problem) => problem switch
    {
        PasswordProblem.TooShort => l["That password is too short: it needs at least {0} characters. A few words in a row are easy to remember.", storefront.Policy.PasswordLeastCharacters],
        PasswordProblem.TooLong => l["That password is too long: it can have {0} characters at the most.", PasswordText.MostCharacters],
        PasswordProblem.Common => l["That password is among the first that attackers try. Choose another one, such as a few words in a row."],
        PasswordProblem.Repeated => l["That password repeats itself, so it is easily guessed. Choose another one, such as a few words in a row."],
        PasswordProblem.Sequence => l["That password follows the alphabet or the keyboard, so it is easily guessed. Choose another one, such as a few words in a row."],
        PasswordProblem.Personal => l["That password is made of your address or of a name, so it is easily guessed. Choose another one, such as a few words in a row."],
    };
}

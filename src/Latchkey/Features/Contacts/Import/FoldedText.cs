using System.Globalization;
using System.Text;

namespace Latchkey.Features.Contacts.Import;

/// <summary>Text without what people vary: case, accents, spaces, punctuation. <c>Prénom </c> and <c>prenom</c> are the same.</summary>
internal static class FoldedText
{
    public static string Of(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (char c in text.Normalize(NormalizationForm.FormKD))
            if (char.IsLetterOrDigit(c) && CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
                folded.Append(char.ToLowerInvariant(c));
        return folded.ToString();
    }

    public static bool Same(string one, string other) => one == other || Of(one) == Of(other);
}

using System.Globalization;
using System.Text;

namespace Latchkey.Platform.Csv;

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

    /// <summary>Meanings by their folded words; of two meanings of one word, the first.</summary>
    public static Dictionary<string, T> Meanings<T>(IEnumerable<KeyValuePair<T, string[]>> words)
    {
        var meanings = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var (meaning, said) in words)
            foreach (string word in said) meanings.TryAdd(Of(word), meaning);
        return meanings;
    }

    public static bool Same(string one, string other) => one == other || Of(one) == Of(other);
}

namespace Latchkey.SignIn;

/// <summary>What is left of a password when its decoration is taken off: people and their attackers decorate alike.</summary>
internal static class PasswordFolding
{
    private const string Disguised = "@431!05$7+";
    private const string Plain = "aaeliosstt";

    /// <summary>p@ssw0rd is password.</summary>
    public static string Undisguise(string lower) =>
        string.Concat(lower.Select(c => Disguised.IndexOf(c, StringComparison.Ordinal) is var at and >= 0 ? Plain[at] : c));

    /// <summary>Its letters only, in lower case.</summary>
    public static string Letters(string text) => string.Concat(text.ToLowerInvariant().Where(char.IsLetter));

    /// <summary>Its letters and digits only, in lower case.</summary>
    public static string LettersAndDigits(string text) => string.Concat(text.ToLowerInvariant().Where(char.IsLetterOrDigit));

    /// <summary>One piece said again and again: aaaaaaaaaaaa, abc1abc1abc1.</summary>
    public static bool IsRepeated(string lower) =>
        lower.Distinct().Count() < 4 || Enumerable.Range(1, lower.Length / 2).Any(length => lower.AsSpan(length).SequenceEqual(lower.AsSpan(0, lower.Length - length)));

    /// <summary>Three steps of four go to a neighbour in the alphabet, among the digits or on a keyboard: abcdefgh1234, qwertyuiop12.</summary>
    public static bool IsSequence(string lower)
    {
        int steps = Enumerable.Range(1, lower.Length - 1).Count(i => Rows.Any(row => AreNeighbours(row, lower[i - 1], lower[i])));
        return steps * 4 >= (lower.Length - 1) * 3;
    }

    private static readonly string[] Rows =
        ["abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "azertyuiop", "qsdfghjklm", "wxcvbn", "1qaz", "2wsx", "3edc", "4rfv", "5tgb", "6yhn", "7ujm"];

    private static bool AreNeighbours(string row, char one, char other) =>
        row.Contains($"{one}{other}", StringComparison.Ordinal) || row.Contains($"{other}{one}", StringComparison.Ordinal);
}

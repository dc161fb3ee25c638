using System.Text.RegularExpressions;

namespace Latchkey.Features.Passwords;

/// <summary>Which hashes of other systems are taken over. They are replaced by ours at the first sign-in.</summary>
internal static partial class ImportedHash
{
    /// <returns>Why a hash is not taken, in the words of an import; null when it is.</returns>
    public static FormattableString? Check(string text, out string? hash)
    {
        hash = null;
        FormattableString? problem = text switch
        {
            _ when Bcrypt.IsHash(text) && Bcrypt.IsInstalled => null,
            _ when Bcrypt.IsHash(text) => $"is a bcrypt hash, and this machine has no libcrypt to compare it with. Install libcrypt1.",
            _ when Pbkdf2Text.TryRead(text, out _) || IsFrameworks(text) => null,
            _ when text.StartsWith("$argon2", StringComparison.Ordinal) => $"is an Argon2 hash, which cannot be compared here. Leave it out: the customer signs in by link.",
            _ when BareHash().IsMatch(text) => $"is an unsalted or fast hash (MD5, SHA-1, SHA-2), too weak to keep. Leave it out: the customer signs in by link.",
            _ => $"is not a hash that is known: bcrypt, PBKDF2 (Django, PHC) or ASP.NET Core Identity.",
        };
        if (problem is null) hash = text;
        return problem;
    }

    /// <summary>ASP.NET Core Identity, version 3: a 1, then numbers, salt and hash.</summary>
    private static bool IsFrameworks(string text)
    {
        byte[] bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out int length) && length is >= 45 and <= 256 && bytes[0] == 1;
    }

    [GeneratedRegex(@"^(\{\w+\})?([0-9a-fA-F]{32}|[0-9a-fA-F]{40}|[0-9a-fA-F]{64}|[0-9a-fA-F]{128})\z|^\$(1|P|H|apr1)\$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex BareHash();
}

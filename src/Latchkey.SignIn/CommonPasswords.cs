namespace Latchkey.SignIn;

/// <summary>The passwords that everybody tries first, and their padded and disguised variants (NIST SP 800-63B-4, 3.1.1.2; ASVS 5, 6.2.4).</summary>
internal static class CommonPasswords
{
    private static readonly Lazy<HashSet<string>> Words = new(Read);

    /// <param name="password">A normalized password.</param>
    public static bool Contain(string password)
    {
        string lower = password.ToLowerInvariant();
        string core = lower.Trim([.. lower.Where(c => !char.IsLetter(c)).Distinct()]);
        return IsCommon(lower) || IsCommon(core) || IsCommon(PasswordFolding.Undisguise(core)) || IsCommon(PasswordFolding.Letters(lower));
    }

    private static bool IsCommon(string word) => Words.Value.Contains(word);

    private static HashSet<string> Read()
    {
        using var reader = new StreamReader(typeof(CommonPasswords).Assembly.GetManifestResourceStream("CommonPasswords.txt")!);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith('#'))];
    }
}

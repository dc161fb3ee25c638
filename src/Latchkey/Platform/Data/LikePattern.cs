namespace Latchkey.Platform.Data;

/// <summary>What somebody typed, as a pattern for <c>like … escape '\'</c>.</summary>
public static class LikePattern
{
    /// <summary>Matches wherever it stands, in the small letters that both engines compare alike.</summary>
    public static string Anywhere(string typed) => $"%{typed.ToLowerInvariant().Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal)}%";
}

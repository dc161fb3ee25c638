using System.Net;

namespace Latchkey.Features.Layouts;

/// <summary>The address of a list in a certain state: what is empty is left out, so that it can be read and passed on.</summary>
public static class ListAddress
{
    public static string Of(string path, params IEnumerable<(string Name, string? Value)> state)
    {
        string query = string.Join('&', state.Where(s => !string.IsNullOrEmpty(s.Value)).Select(s => $"{s.Name}={WebUtility.UrlEncode(s.Value)}"));
        return query.Length == 0 ? path : $"{path}?{query}";
    }

    /// <summary>A value of a closed set out of an address; the default when it is none of them.</summary>
    public static T? ReadEnum<T>(this IQueryCollection query, string name) where T : struct, Enum =>
        Enum.TryParse<T>(query[name], ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null;

    public static Guid? ReadId(this IQueryCollection query, string name) => Guid.TryParse(query[name], out var id) ? id : null;

    public static string ReadText(this IQueryCollection query, string name)
    {
        // A NUL is no text to PostgreSQL, and nobody searches for one.
        string text = query[name].ToString().Replace("\0", "", StringComparison.Ordinal).Trim();
        return text.Length <= 254 ? text : text[..254];
    }
}

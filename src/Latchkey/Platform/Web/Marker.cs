using Latchkey.SignIn;

namespace Latchkey.Platform.Web;

/// <summary>
/// The session's id in the address of the first page after a sign-in: when no cookie comes with it, the browser did not keep it.
/// It opens nothing, and portal.js takes it out of the address.
/// </summary>
public static class Marker
{
    private const string Name = "signed-in";

    public static string Of(Guid sessionId) => $"?{Name}={sessionId}";

    /// <summary>The page, or else the first one, with the mark of its session.</summary>
    public static string On(ReturnPath? page, string first, Guid sessionId)
    {
        string path = page?.Value ?? first;
        return path + (path.Contains('?', StringComparison.Ordinal) ? '&' : '?') + $"{Name}={sessionId}";
    }

    public static Guid? Read(HttpRequest request) => Guid.TryParseExact(request.Query[Name], "D", out var id) ? id : null;

    /// <summary>The query of the request without the mark, for coming back to it another time.</summary>
    public static string Without(HttpRequest request) =>
        string.Join('&', request.QueryString.Value!.TrimStart('?').Split('&').Where(p => p.Length > 0 && !p.StartsWith($"{Name}=", StringComparison.Ordinal))) is { Length: > 0 } rest ? $"?{rest}" : "";
}

using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Platform.Web;

/// <summary>
/// The cookies of a storefront: the session, the browser's own secret, what somebody waved away, the sign-up
/// under way, and for a while what a link brought along. Under HTTPS they carry the <c>__Host-</c> prefix, and
/// each storefront has its own names, so that storefronts on one host never read each other's.
/// </summary>
public sealed class Cookies(PublicAddress addresses)
{
    private static readonly TimeSpan BrowserLifetime = TimeSpan.FromDays(180);

    public string? Session(HttpContext context) => Single(context, Name(context, "session"));

    public BrowserSecret? Browser(HttpContext context) => BrowserSecret.Read(Single(context, Name(context, "browser")));

    /// <summary>The browser's secret; a browser that has none is given one.</summary>
    public BrowserSecret BrowserOrNew(HttpContext context)
    {
        if (Browser(context) is { } known) return known;
        var secret = BrowserSecret.Create();
        Set(context, "browser", secret.Value, BrowserLifetime);
        return secret;
    }

    public void SetSession(HttpContext context, string token, TimeSpan lifetime) => Set(context, "session", token, lifetime);

    public void ForgetSession(HttpContext context) => Set(context, "session", "", TimeSpan.Zero);

    /// <summary>Notes that something was waved away in this browser.</summary>
    public void Remember(HttpContext context, string what, TimeSpan lifetime) => Set(context, what, "1", lifetime);

    public bool Remembers(HttpContext context, string what) => Single(context, Name(context, what)) is not null;

    /// <summary>What a link brought along, for the time of signing in.</summary>
    public string? Kept(HttpContext context) => Single(context, Name(context, "kept"));

    public void Keep(HttpContext context, string value, TimeSpan lifetime) => Set(context, "kept", value, lifetime);

    /// <summary>The sign-up that this browser is about. Only a hash of it is in the database.</summary>
    public BrowserSecret? SignUp(HttpContext context) => BrowserSecret.Read(Single(context, Name(context, "sign-up")));

    public void SetSignUp(HttpContext context, BrowserSecret secret) => Set(context, "sign-up", secret.Value, TimeSpan.FromDays(14));

    /// <summary>The organization that somebody at the console works for. Asked again of the database whether they may.</summary>
    public Guid? Chosen(HttpContext context) => Guid.TryParseExact(Single(context, Name(context, "organization")), "D", out var id) ? id : null;

    public void Choose(HttpContext context, Guid organizationId, TimeSpan lifetime) => Set(context, "organization", organizationId.ToString(), lifetime);

    private void Set(HttpContext context, string kind, string value, TimeSpan lifetime) => context.Response.Cookies.Append(Name(context, kind), value, new CookieOptions
    {
        Path = "/",
        HttpOnly = true,
        Secure = IsHttps(context),
        // Lax: the click on a link in a mail comes from another site, and must find the customer signed in. Not so for the console.
        SameSite = kind == "session" && context.Storefront().IsConsole() ? SameSiteMode.Strict : SameSiteMode.Lax,
        MaxAge = lifetime,
    });

    private string Name(HttpContext context, string kind)
    {
        string name = $"latchkey-{kind}-{context.Storefront().Slug}";
        return IsHttps(context) ? $"__Host-{name}" : name;
    }

    private bool IsHttps(HttpContext context) => addresses.IsHttps(context.Current().ByHost);

    /// <summary>
    /// The cookie, unless it is there twice or in another spelling: the framework matches names whatever their case and lets the
    /// last one win, which would let a sibling site plant one.
    /// </summary>
    private static string? Single(HttpContext context, string name)
    {
        int found = 0;
        foreach (string? header in context.Request.Headers.Cookie)
            for (int at = 0; header is not null && (at = header.IndexOf(name + "=", at, StringComparison.OrdinalIgnoreCase)) >= 0; at += name.Length)
                found++;
        return found == 1 && context.Request.Cookies.TryGetValue(name, out string? value)
            && context.Request.Headers.Cookie.ToString().Contains(name + "=", StringComparison.Ordinal) ? value : null;
    }
}

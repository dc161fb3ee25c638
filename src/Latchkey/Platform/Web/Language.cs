using System.Globalization;
using Latchkey.Platform.Tenancy;

namespace Latchkey.Platform.Web;

/// <summary>
/// The language of a page: what the person chose in the footer, else the account's, else the storefront's.
/// </summary>
public sealed class Language(RequestDelegate next)
{
    public const string Query = "lang";
    private const string Cookie = "latchkey-language";

    /// <summary>The languages the texts exist in.</summary>
    public static IReadOnlyList<string> Known { get; } = ["en", "fr"];

    public Task InvokeAsync(HttpContext context)
    {
        string locale = Chosen(context) ?? context.Customer()?.Locale ?? context.Features.Get<CurrentStorefront>()?.Storefront.Locale ?? "en";
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = Culture(locale);
        return next(context);
    }

    /// <summary>The culture of a locale, or English when there are no texts for it.</summary>
    public static CultureInfo Culture(string locale) =>
        CultureInfo.GetCultureInfo(Known.Contains(locale.Split('-')[0], StringComparer.Ordinal) ? locale : "en");

    /// <summary>After a choice in the account that one holds, not what this browser chose before.</summary>
    public static void Forget(HttpContext context) => context.Response.Cookies.Delete(Cookie, new CookieOptions { Path = "/" });

    private static string? Chosen(HttpContext context)
    {
        if (context.Request.Query[Query] is [{ } asked] && Known.Contains(asked, StringComparer.Ordinal))
        {
            context.Response.Cookies.Append(Cookie, asked, new CookieOptions { Path = "/", HttpOnly = true, SameSite = SameSiteMode.Lax, MaxAge = TimeSpan.FromDays(365) });
            return asked;
        }
        return context.Request.Cookies[Cookie] is { } kept && Known.Contains(kept, StringComparer.Ordinal) ? kept : null;
    }
}

namespace Latchkey.Platform.Web;

/// <summary>
/// The console's session cookie is <c>SameSite=Strict</c> (ASVS 5, 3.3.2), so it does not come along when a link on another site, in a
/// mail or a chat, leads to a console page. The page then loads itself once more, from here, and the cookie comes.
/// </summary>
internal static class StrictCookie
{
    public static bool MayHaveBeenHeldBack(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method) && context.Request.Headers["Sec-Fetch-Site"] is ["cross-site"] or ["same-site"]
        && context.Request.Headers["Sec-Fetch-Dest"] is ["document"];

    public static Task ComeAgainAsync(HttpContext context)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync("<!doctype html><meta http-equiv=\"refresh\" content=\"0\"><title>Latchkey</title>");
    }
}

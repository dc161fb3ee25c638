using Latchkey.Platform.Tenancy;

namespace Latchkey.Platform.Web;

/// <summary>
/// Refuses requests that another site makes a browser send: by Fetch Metadata, and by Origin where a browser does not send that.
/// Something that sends neither is no browser and carries nobody's cookies. See docs/decisions/0003-cross-site.md.
/// </summary>
public sealed class CrossSiteGuard(RequestDelegate next, Cookies cookies)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || context.IsFailurePage() || IsOwn(context)) return next(context);
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    private bool IsOwn(HttpContext context)
    {
        var request = context.Request;
        var site = request.Headers["Sec-Fetch-Site"];
        if (site.Count > 0) return site is ["same-origin"] or ["none"];
        var origin = request.Headers.Origin;
        // Our own forms too, in a browser without Fetch Metadata: the pages send no referrer. It sends a Lax cookie with its own posts only.
        if (origin is ["null"]) return context.Features.Get<CurrentStorefront>() is not null && cookies.Browser(context) is not null;
        // The Host header is compared, not believed: a foreign page cannot make a browser send another one than it connects to.
        return origin.Count == 0
            || (origin is [{ } one] && Uri.TryCreate(one, UriKind.Absolute, out var from) && string.Equals(from.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }
}

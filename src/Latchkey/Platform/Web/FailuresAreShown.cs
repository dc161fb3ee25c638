using Microsoft.AspNetCore.Diagnostics;

namespace Latchkey.Platform.Web;

/// <summary>The page about a failure comes whatever method failed: it has no handler for PUT, and would answer with nothing at all.</summary>
public sealed class FailuresAreShown(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (context.IsFailurePage() && !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method)) request.Method = HttpMethods.Post;
        return next(context);
    }
}

internal static class FailurePage
{
    /// <summary>Whether the pipeline runs once more, for the page about what failed.</summary>
    public static bool IsFailurePage(this HttpContext context) =>
        context.Features.Get<IStatusCodeReExecuteFeature>() is not null || context.Features.Get<IExceptionHandlerFeature>() is not null;
}

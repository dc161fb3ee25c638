using Microsoft.AspNetCore.Diagnostics;
namespace Latchkey.Platform.Tenancy;

/// <summary>
/// Finds the storefront of a request: by its host name, or by <c>/s/{slug}</c> on any host, which becomes the path base so that pages
/// have one set of routes. Whatever is neither, nor the installation's own, has no organization.
/// </summary>
public sealed class StorefrontMiddleware(RequestDelegate next, StorefrontDirectory directory)
{
    private const string Prefix = "/s/";
    private static readonly PathString[] Installation = ["/health", "/assets", "/mailbox", "/mailbox.json", "/api", "/openapi", "/hooks", "/find-portal", "/error"];

    public async Task InvokeAsync(HttpContext context)
    {
        // The page about an error that was thrown: whose it is was found out the first time, or finding it out is what failed.
        if (context.Features.Get<IExceptionHandlerFeature>() is not null)
        {
            await next(context);
            return;
        }
        var path = context.Request.Path;
        if (path.Value!.StartsWith(Prefix, StringComparison.Ordinal))
        {
            int end = path.Value.IndexOf('/', Prefix.Length);
            string slug = end < 0 ? path.Value[Prefix.Length..] : path.Value[Prefix.Length..end];
            if (await directory.BySlugAsync(slug, context.RequestAborted) is not { } storefront)
            {
                NotFound(context);
                await next(context);
                return;
            }
            context.Features.Set(new CurrentStorefront(storefront, ByHost: false));
            // By constructor: the conversion from string would decode a path a second time.
            context.Request.PathBase = context.Request.PathBase.Add(new PathString(Prefix + slug));
            context.Request.Path = new PathString(end < 0 ? "/" : path.Value[end..]);
            KeepOutOfConsole(context);
        }
        else if (await directory.ByHostAsync(context.Request.Host.Host.ToLowerInvariant(), context.RequestAborted) is { } storefront)
        {
            context.Features.Set(new CurrentStorefront(storefront, ByHost: true));
            KeepOutOfConsole(context);
        }
        else if (path.StartsWithSegments(ConsoleRealm.Root, StringComparison.Ordinal, out var below))
        {
            context.Features.Set(new CurrentStorefront(directory.Console, ByHost: false));
            // Its sign-in and account pages are the portal's; the rest of the console has routes of its own.
            if (below.StartsWithSegments("/portal", StringComparison.Ordinal)) (context.Request.PathBase, context.Request.Path) = (ConsoleRealm.Root, below);
        }
        else if (!Array.Exists(Installation, p => path.StartsWithSegments(p, StringComparison.Ordinal)))
        {
            NotFound(context);
        }
        await next(context);
    }

    /// <summary>The console is on no storefront's address (ASVS 5, 3.5.4).</summary>
    private static void KeepOutOfConsole(HttpContext context)
    {
        if (context.Request.Path.StartsWithSegments(ConsoleRealm.Root, StringComparison.Ordinal)) context.Request.Path = "/error/404";
    }

    /// <summary>Leads to the page that says so, whatever was asked for.</summary>
    private static void NotFound(HttpContext context)
    {
        context.Request.Path = "/organization-not-found";
        context.Request.Method = HttpMethods.Get;
        context.Request.QueryString = QueryString.Empty;
    }
}

/// <summary>The storefront a request belongs to, and how it was found.</summary>
public sealed record CurrentStorefront(Storefront Storefront, bool ByHost);

public static class StorefrontOfRequest
{
    /// <summary>The storefront of this request.</summary>
    /// <exception cref="InvalidOperationException">The request belongs to the installation: no page of a storefront should run.</exception>
    public static Storefront Storefront(this HttpContext context) => context.Current().Storefront;

    internal static CurrentStorefront Current(this HttpContext context) =>
        context.Features.Get<CurrentStorefront>() ?? throw new InvalidOperationException("This request belongs to no storefront.");
}

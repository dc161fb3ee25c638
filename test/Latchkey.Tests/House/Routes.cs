using Latchkey.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Tests.House;

/// <summary>Every route of the built app: with the built-in mailbox, which has routes of its own.</summary>
internal static class Routes
{
    public static async Task<IReadOnlyList<RouteRule>> OfTheAppAsync()
    {
        await using var app = PortalHost.Build([]);
        var loader = app.Services.GetRequiredService<PageLoader>();
        var rules = new List<RouteRule>();
        foreach (var endpoint in ((IEndpointRouteBuilder)app).DataSources.SelectMany(s => s.Endpoints).OfType<RouteEndpoint>())
            rules.Add(endpoint.Metadata.GetMetadata<PageActionDescriptor>() is { } page
                ? Page(endpoint, await loader.LoadAsync(page, endpoint.Metadata))
                : Plain(endpoint));
        return [.. rules.DistinctBy(r => r.ToString()).OrderBy(r => r.Pattern, StringComparer.Ordinal).ThenBy(r => r.ToString(), StringComparer.Ordinal)];
    }

    static RouteRule Plain(RouteEndpoint endpoint) => new()
    {
        Pattern = Pattern(endpoint),
        Methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods ? string.Join(',', methods.Order(StringComparer.Ordinal)) : "ANY",
        Policy = Policy(endpoint.Metadata),
    };

    static RouteRule Page(RouteEndpoint endpoint, CompiledPageActionDescriptor page) => new()
    {
        Pattern = Pattern(endpoint),
        Methods = string.Join(',', page.HandlerMethods.Select(Method).Order(StringComparer.Ordinal)),
        Policy = Policy((page.Endpoint ?? endpoint).Metadata), // a page compiled on first use has its metadata there
        Page = page.RelativePath,
        Model = page.ModelTypeInfo,
    };

    static string Method(HandlerMethodDescriptor handler) => handler.Name is null ? handler.HttpMethod.ToUpperInvariant() : $"{handler.HttpMethod.ToUpperInvariant()}:{handler.Name}";

    static string Pattern(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText?.TrimStart('/');

    static string Policy(EndpointMetadataCollection metadata) =>
        metadata.GetMetadata<IAllowAnonymous>() is not null ? "public"
        : metadata.GetOrderedMetadata<IAuthorizeData>() is { Count: > 0 } policies ? string.Join('+', policies.Select(p => p.Policy?.ToLowerInvariant()))
        : "refused";
}

internal sealed record RouteRule
{
    public required string Pattern { get; init; }
    public required string Methods { get; init; }
    /// <summary>public, customer, staff; refused: the fallback policy lets nobody in.</summary>
    public required string Policy { get; init; }
    public string? Page { get; init; }
    public System.Reflection.TypeInfo? Model { get; init; }

    public override string ToString() => $"{Policy,-9} {Methods,-20} {Pattern,-36} {Page}".TrimEnd();
}

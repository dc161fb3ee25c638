using Latchkey.Hosting;
using Latchkey.Platform.Staff;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Tests.House;

/// <summary>Every handler of every console page, out of the built app: a new page is in every sweep by being there.</summary>
internal static class ConsoleRules
{
    public static async Task<IReadOnlyList<ConsoleHandler>> OfTheAppAsync()
    {
        await using var app = PortalHost.Build([]);
        var loader = app.Services.GetRequiredService<PageLoader>();
        var handlers = new List<ConsoleHandler>();
        foreach (var endpoint in ((IEndpointRouteBuilder)app).DataSources.SelectMany(s => s.Endpoints).OfType<RouteEndpoint>())
        {
            if (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not { } page || !page.RelativePath.Contains("/Console/", StringComparison.Ordinal)) continue;
            var loaded = await loader.LoadAsync(page, endpoint.Metadata);
            handlers.AddRange(loaded.HandlerMethods.Select(h => new ConsoleHandler
            {
                Pattern = "/" + endpoint.RoutePattern.RawText!.TrimStart('/'),
                Parameters = [.. endpoint.RoutePattern.Parameters.Select(p => p.Name)],
                Method = h.HttpMethod.ToUpperInvariant(),
                Handler = h.Name,
                Needs = NeedsAttribute.Of(h),
            }));
        }
        return [.. handlers.DistinctBy(h => h.ToString()).OrderBy(h => h.ToString(), StringComparer.Ordinal)];
    }
}

internal sealed record ConsoleHandler
{
    public required string Pattern { get; init; }
    public required IReadOnlyList<string> Parameters { get; init; }
    public required string Method { get; init; }
    public string? Handler { get; init; }
    public required Permission Needs { get; init; }

    /// <summary>The address with every parameter set to the same value.</summary>
    public string At(string value)
    {
        var path = string.Join('/', Pattern.Split('/').Select(p => p.StartsWith('{') ? value : p));
        return Handler is null ? path : $"{path}?handler={Handler}";
    }

    public override string ToString() => $"{Method,-5} {Pattern}{(Handler is null ? "" : $"?handler={Handler}")}  {Needs}";
}

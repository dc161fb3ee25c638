using Latchkey.Platform.Tenancy;

namespace Latchkey.Features.Storefronts;

/// <summary>
/// <c>GET /health/host?domain=NAME</c>: whether a host name is ours, for a TLS proxy that makes certificates on demand. 200 yes, 404 no; it
/// tells nothing that asking the host itself would not.
/// </summary>
public static class HostQuestion
{
    public static void MapHostQuestion(this WebApplication app) => app.MapGet("/health/host", async (string? domain, StorefrontDirectory storefronts, PublicAddress addresses, CancellationToken cancel) =>
        domain is { Length: > 0 and <= 253 } && (string.Equals(domain, addresses.Installation.IdnHost, StringComparison.OrdinalIgnoreCase)
            || await storefronts.ByHostAsync(domain.ToLowerInvariant(), cancel) is not null)
            ? Results.Ok() : Results.NotFound()).AllowAnonymous();
}

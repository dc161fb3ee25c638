using Dapper;
using Latchkey.Platform.Data;
using Microsoft.Net.Http.Headers;

namespace Latchkey.Features.Storefronts;

/// <summary><c>GET /assets/logo/{mark}</c>: a logo by its content, so that browsers may keep it for good.</summary>
public static class LogoAnswer
{
    private static readonly string[] Reads = [HttpMethods.Get, HttpMethods.Head];

    public static void MapLogos(this WebApplication app) => app.MapMethods("/assets/logo/{mark:length(32)}", Reads, async (string mark, HttpContext context, Database database) =>
    {
        var logo = await database.ReadAsync(c => c.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(LogoSql.Content, new { mark }, cancellationToken: context.RequestAborted)), context.RequestAborted);
        if (logo is null) return Results.NotFound();
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        // Opened by itself it is a picture and nothing more, whatever a browser makes of it.
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        return Results.Bytes(logo.Content, logo.Type, entityTag: new EntityTagHeaderValue($"\"{mark}\""));
    }).AllowAnonymous();

    private sealed record Row
    {
        public required string Type { get; init; }
        public required byte[] Content { get; init; }
    }
}

using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;

namespace Latchkey.Platform.Web;

/// <summary>
/// The few files pages load, out of the program itself: style sheets, scripts, one icon, and for each brand hue a few
/// variables (the Content-Security-Policy allows no style in the page).
/// </summary>
public static class Assets
{
    private const string Prefix = "Assets/";
    private const string Versioned = "public, max-age=31536000, immutable";
    private static readonly string[] Reads = [HttpMethods.Get, HttpMethods.Head];
    private const string Unversioned = "public, max-age=300";

    private static readonly FrozenDictionary<string, Asset> Files = Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal))
        .ToFrozenDictionary(n => n[Prefix.Length..], Read, StringComparer.Ordinal);

    /// <summary>The address of a file, with its content's mark, so that browsers may keep it for good.</summary>
    public static string Url(string name) => $"/assets/{name}?v={Files[name].Version}";

    public static string BrandUrl(int hue) => $"/assets/brand-{hue}.css?v={BrandSheet(hue).Version}";

    public static void MapAssets(this WebApplication app)
    {
        foreach (var (name, file) in Files) app.MapMethods($"/assets/{name}", Reads, (HttpContext context) => Send(context, file)).AllowAnonymous();
        app.MapMethods("/assets/brand-{hue:int:range(0,359)}.css", Reads, (HttpContext context, int hue) => Send(context, BrandSheet(hue))).AllowAnonymous();
    }

    private static IResult Send(HttpContext context, Asset file)
    {
        context.Response.Headers.CacheControl = context.Request.Query["v"] == file.Version ? Versioned : Unversioned;
        return Results.Bytes(file.Content, file.Type, entityTag: new EntityTagHeaderValue($"\"{file.Version}\""));
    }

    private static Asset BrandSheet(int hue) => Asset.Of(Encoding.ASCII.GetBytes(Brand.OfHue(hue).ToCss()), ".css");

    private static Asset Read(string resource)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!;
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return Asset.Of(memory.ToArray(), Path.GetExtension(resource));
    }

    private sealed record Asset(byte[] Content, string Type, string Version)
    {
        public static Asset Of(byte[] content, string extension) =>
            new(content, TypeOf(extension), Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 8)));

        private static string TypeOf(string extension) => extension switch
        {
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".svg" => "image/svg+xml",
            _ => "application/octet-stream",
        };
    }
}

using System.Security.Cryptography;
using System.Text.Json;
using Dapper;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;

namespace Latchkey.Features.Storefronts;

internal enum LogoProblem
{
    None,
    TooLarge,
    NoPicture,
    /// <summary>More pixels than a logo needs, or hardly any: a small file may unfold to a very large picture.</summary>
    WrongSize,
}

/// <summary>Gives a storefront a logo, other words for it, or takes it away.</summary>
internal sealed class ChangeLogo(Database database, StorefrontDirectory storefronts, ActivityLog activity, TimeProvider clock)
{
    public const int MostBytes = 512 * 1024, LeastPixels = 16, MostPixels = 2000;

    /// <param name="storefront">Whose.</param>
    /// <param name="file">The picture; null: as it is, or none when there are no words either.</param>
    /// <param name="alternative">What it says, for who does not see it; null: it is taken away.</param>
    /// <param name="staff">Who does it.</param>
    /// <param name="cancel">Cancels it.</param>
    public async Task<LogoProblem> RunAsync(Storefront storefront, byte[]? file, string? alternative, string staff, CancellationToken cancel)
    {
        if (file?.Length > MostBytes) return LogoProblem.TooLarge;
        var image = file is null ? null : ImageFile.Read(file);
        if (file is not null && image is null) return LogoProblem.NoPicture;
        if (image is not null && (Math.Min(image.Width, image.Height) < LeastPixels || Math.Max(image.Width, image.Height) > MostPixels)) return LogoProblem.WrongSize;

        var logo = alternative is null ? null
            : image is null ? storefront.Logo! with { Alternative = alternative }
            : new StorefrontLogo(Convert.ToHexStringLower(SHA256.HashData(image.Content).AsSpan(0, 16)), image.Width, image.Height, alternative);
        await database.WriteAsync(async t =>
        {
            var where = new { storefront.OrganizationId, StorefrontId = storefront.Id, logo = logo is null ? null : JsonSerializer.Serialize(logo) };
            if (await t.Connection!.ExecuteAsync(LogoSql.Describe, where, t) == 0) return;
            if (logo is null) await t.Connection!.ExecuteAsync(LogoSql.Remove, where, t);
            if (image is not null)
                await t.Connection!.ExecuteAsync(LogoSql.Save, new { storefront.OrganizationId, StorefrontId = storefront.Id, logo!.Mark, image.Type, image.Content, now = clock.GetUtcNow() }, t);
            await activity.AppendAsync(t, new Happened(storefront.OrganizationId, ActivityType.STAFF, alternative is null ? "logo removed" : "logo changed") { StorefrontId = storefront.Id, Actor = staff });
        }, cancel);
        storefronts.Forget();
        return LogoProblem.None;
    }
}

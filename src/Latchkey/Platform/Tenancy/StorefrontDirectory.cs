using System.Collections.Concurrent;
using System.Text.Json;
using Dapper;
using Latchkey.Platform.Data;
using Latchkey.SignIn;

namespace Latchkey.Platform.Tenancy;

/// <summary>
/// Finds storefronts by host name, slug and key. Answers are kept for two seconds: a change holds on every node soon, and a busy
/// storefront costs one query every two seconds.
/// </summary>
public sealed class StorefrontDirectory(Database database, LatchkeySettings settings)
{
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(2);
    /// <summary>Above this the cache starts anew: made-up names must not fill the memory.</summary>
    private const int MostKept = 10_000;

    private readonly ConcurrentDictionary<string, (Storefront? Storefront, long At)> kept = new(StringComparer.Ordinal);

    public Task<Storefront?> BySlugAsync(string slug, CancellationToken cancel) =>
        FindAsync($"slug {slug}", StorefrontSql.BySlug, new { slug }, cancel);

    /// <param name="host">Lower case, without port.</param>
    public Task<Storefront?> ByHostAsync(string host, CancellationToken cancel) =>
        FindAsync($"host {host}", StorefrontSql.ByHost, new { host }, cancel);

    /// <summary>The console, which is always there.</summary>
    public Storefront Console { get; } = ConsoleRealm.Storefront(settings.ConsoleSender);

    public Task<Storefront?> ByKeyAsync(StorefrontKey key, CancellationToken cancel) => key == ConsoleRealm.Key ? Task.FromResult<Storefront?>(Console) :
        FindAsync($"key {key.OrganizationId} {key.StorefrontId}", StorefrontSql.ById, new { key.OrganizationId, key.StorefrontId }, cancel);

    public async Task<IReadOnlyList<Storefront>> AllAsync(CancellationToken cancel) => await database.ReadAsync(async c =>
        (await c.QueryAsync<Row>(new CommandDefinition(StorefrontSql.All, cancellationToken: cancel))).Select(r => r.ToStorefront()).ToList(), cancel);

    /// <summary>After a change: this node knows it at once, the others within two seconds.</summary>
    public void Forget() => kept.Clear();

    /// <summary>The storefronts of one organization.</summary>
    public async Task<IReadOnlyList<Storefront>> OfOrganizationAsync(Guid organizationId, CancellationToken cancel) => await database.ReadAsync(async c =>
        (await c.QueryAsync<Row>(new CommandDefinition(StorefrontSql.OfOrganization, new { organizationId }, cancellationToken: cancel))).Select(r => r.ToStorefront()).ToList(), cancel);

    private async Task<Storefront?> FindAsync(string key, string sql, object parameters, CancellationToken cancel)
    {
        if (kept.TryGetValue(key, out var known) && TimeProvider.System.GetElapsedTime(known.At) < Kept) return known.Storefront;
        var row = await database.ReadAsync(c => c.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(sql, parameters, cancellationToken: cancel)), cancel);
        var storefront = row?.ToStorefront();
        if (kept.Count >= MostKept) kept.Clear();
        kept[key] = (storefront, TimeProvider.System.GetTimestamp());
        return storefront;
    }

    private sealed record Row
    {
        public required Guid OrganizationId { get; init; }
        public required Guid Id { get; init; }
        public required string Slug { get; init; }
        public required string Name { get; init; }
        public required string Locale { get; init; }
        public required Vocabulary Vocabulary { get; init; }
        public required int BrandHue { get; init; }
        public required string SenderName { get; init; }
        public required string SenderAddress { get; init; }
        public string? HelpEmail { get; init; }
        public string? HelpPhone { get; init; }
        public string? CallingCode { get; init; }
        public required string Policy { get; init; }
        public required int Version { get; init; }
        public string? Host { get; init; }
        public string? Logo { get; init; }

        public Storefront ToStorefront() => new()
        {
            OrganizationId = OrganizationId,
            Id = Id,
            Slug = Slug,
            Name = Name,
            Locale = Locale,
            Vocabulary = Vocabulary,
            BrandHue = BrandHue,
            SenderName = SenderName,
            SenderAddress = SenderAddress,
            HelpEmail = HelpEmail,
            HelpPhone = HelpPhone,
            CallingCode = CallingCode,
            Host = Host,
            Logo = Logo is null ? null : JsonSerializer.Deserialize<StorefrontLogo>(Logo),
            Policy = PolicyJson.Read(Policy),
            PolicyText = Policy,
            Version = Version,
        };
    }
}

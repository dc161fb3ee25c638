using Dapper;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;

namespace Latchkey.Features.Storefronts;

/// <summary>
/// The host names of a storefront. One leads here only after whoever owns it has said so in its DNS, for this storefront: a host that
/// merely points to this installation may be anybody's.
/// </summary>
public sealed class StorefrontHosts(Database database, StorefrontDirectory storefronts, PublicAddress addresses, DnsTxt dns, ActivityLog activity, TimeProvider clock)
{
    /// <summary>The record that proves it.</summary>
    public static (string Name, string Value) Proof(Storefront storefront, string host) => ($"_latchkey.{host}", $"latchkey={storefront.Id:n}");

    public Task<IReadOnlyList<StorefrontHost>> ListAsync(Storefront storefront, CancellationToken cancel) => database.ReadAsync<IReadOnlyList<StorefrontHost>>(async c =>
        (await c.QueryAsync<StorefrontHost>(new CommandDefinition(SettingsSql.Hosts, Of(storefront, ""), cancellationToken: cancel))).AsList(), cancel);

    /// <returns>False when it is no host name that a storefront can have.</returns>
    public async Task<bool> AddAsync(Storefront storefront, string typed, string by, CancellationToken cancel)
    {
        if (Read(typed) is not { } host || host == addresses.Installation.IdnHost) return false;
        await WriteAsync(storefront, host, SettingsSql.AddHost, "host name added", by, cancel);
        return true;
    }

    public Task RemoveAsync(Storefront storefront, string host, string by, CancellationToken cancel) => WriteAsync(storefront, host, SettingsSql.RemoveHost, "host name removed", by, cancel);

    public async Task<HostCheck> CheckAsync(Storefront storefront, string host, string by, CancellationToken cancel)
    {
        var known = await ListAsync(storefront, cancel);
        if (known.All(h => h.Host != host)) return HostCheck.Unknown;
        var (name, value) = Proof(storefront, host);
        var records = await dns.FindAsync(name, cancel);
        if (records is null) return HostCheck.NoAnswer;
        if (!records.Contains(value, StringComparer.Ordinal))
        {
            await database.WriteAsync(t => t.Connection!.ExecuteAsync(SettingsSql.CheckedHost, Of(storefront, host), t), cancel);
            return HostCheck.NotFound;
        }
        if (known.Any(h => h.Host == host && h.VerifiedAt is not null)) return HostCheck.Verified;
        return await WriteAsync(storefront, host, SettingsSql.VerifyHost, "host name verified", by, cancel) ? HostCheck.Verified : HostCheck.Taken;
    }

    private async Task<bool> WriteAsync(Storefront storefront, string host, string sql, string what, string by, CancellationToken cancel)
    {
        bool done = await database.WriteAsync(async t =>
        {
            if (await t.Connection!.ExecuteAsync(sql, Of(storefront, host), t) == 0) return false;
            await activity.AppendAsync(t, new Happened(storefront.OrganizationId, ActivityType.STAFF, what) { StorefrontId = storefront.Id, Actor = by, Detail = host });
            return true;
        }, cancel);
        storefronts.Forget();
        return done;
    }

    private object Of(Storefront storefront, string host) => new { storefront.OrganizationId, StorefrontId = storefront.Id, host, now = clock.GetUtcNow() };

    /// <summary>A host name of at least two labels, as DNS and browsers write it; not an address, not a port.</summary>
    private static string? Read(string typed)
    {
        string text = typed.Trim().TrimEnd('.');
        if (text.Length > 253 || Uri.CheckHostName(text) != UriHostNameType.Dns || !text.Contains('.', StringComparison.Ordinal)) return null;
        try
        {
            return new System.Globalization.IdnMapping { UseStd3AsciiRules = true }.GetAscii(text).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}

public sealed record StorefrontHost
{
    public required string Host { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? VerifiedAt { get; init; }
    public DateTimeOffset? CheckedAt { get; init; }
}

public enum HostCheck
{
    Verified,
    /// <summary>The record is not there yet, or says something else.</summary>
    NotFound,
    /// <summary>No name server answered: try again.</summary>
    NoAnswer,
    /// <summary>Another storefront of this installation has proved that it is theirs.</summary>
    Taken,
    /// <summary>The storefront has no such host.</summary>
    Unknown,
}

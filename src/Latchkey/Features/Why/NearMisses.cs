using System.Data.Common;
using Dapper;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;
using Latchkey.SignIn.Diagnosis;

namespace Latchkey.Features.Why;

/// <summary>Who was meant by an address that nobody has: records of the same organization, on any of its storefronts, the nearest first.</summary>
public sealed class NearMisses(Database database)
{
    private const int MostShown = 5;
    /// <summary>The likeliest come first; where more are known they are one letter from one another.</summary>
    private const int MostKnown = 64;
    /// <summary>With more slips than this it is another address.</summary>
    private const int MostSlips = 3;
    /// <summary>Such as jo@: it says nothing about who.</summary>
    private const int ShortestLocalPart = 4;
    /// <summary>Addresses made up and looked up for one that was typed.</summary>
    private const int MostGuessed = 4096;
    /// <summary>For each letter: one swapped, one left out, and every other put before it and in its place.</summary>
    private const int GuessesPerLetter = 80;
    /// <summary>The domain that was typed, and those that it may have been meant to be.</summary>
    private const int MostPlaces = 3;

    public async Task<IReadOnlyList<NearMiss>> RunAsync(Storefront storefront, SignInName name, CancellationToken cancel)
    {
        if (name.Email is not { } address) return [];
        var rows = new List<Row>();
        var byName = new List<Row>();
        await database.ReadAsync(async c =>
        {
            foreach (string[] few in await KnownAsync(c, storefront.OrganizationId, address, cancel))
                rows.AddRange(await c.QueryAsync<Row>(new CommandDefinition(NearSql.ByAddress, Parameters(storefront, few), cancellationToken: cancel)));
            if (SaysWho(address)) rows.AddRange(await OfLocalPartAsync(c, storefront.OrganizationId, $"{address.LocalPart}@", cancel));
            foreach (string spelt in NearAddresses.NamesIn(address))
                byName.AddRange(await OfNameAsync(c, storefront.OrganizationId, spelt, cancel));
            return true;
        }, cancel);
        return [.. rows.Concat(byName).Where(r => r.Email != address.Value && (r.State is null or "unproven" or "proven"))
            .Select(r => r.ToNearMiss(address)).OrderBy(n => n.IsByName).ThenBy(n => n.StorefrontId != storefront.Id).ThenBy(n => n.Distance).ThenBy(n => n.ContactId is null)
            .DistinctBy(n => (n.Email ?? n.Name, n.StorefrontId)).Take(MostShown)];
    }

    /// <summary>Records whose name begins so.</summary>
    public Task<IReadOnlyList<NearMiss>> ByNameAsync(Guid organization, string name, CancellationToken cancel) => database.ReadAsync<IReadOnlyList<NearMiss>>(async c =>
        [.. (await OfNameAsync(c, organization, name, cancel)).Select(r => new NearMiss(r.ContactId, r.StorefrontId, r.Name, r.Email, 0, true))], cancel);

    private static async Task<IEnumerable<Row>> OfNameAsync(DbConnection c, Guid organization, string name, CancellationToken cancel) =>
        (await c.QueryAsync<Row>(new CommandDefinition(NearSql.ByName, new { OrganizationId = organization, name, nameEnd = $"{name}zzzzzzzz" }, cancellationToken: cancel)))
        .Where(r => r.Name.StartsWith(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Addresses on record one slip away. One in the domain needs no guess where the part before it finds them all.</summary>
    private static async Task<IEnumerable<string[]>> KnownAsync(DbConnection c, Guid organizationId, EmailAddress address, CancellationToken cancel)
    {
        string local = address.LocalPart;
        var known = NearAddresses.Likely(address).Take(NearSql.Few).ToList();
        int places = Math.Clamp(MostGuessed / (local.Length * GuessesPerLetter), 1, MostPlaces);
        foreach (string domain in NearAddresses.Domains(address).Prepend(address.Domain).Take(places)) await SlipAsync("", local, $"@{domain}");
        if (!SaysWho(address) && address.Domain.Length * GuessesPerLetter <= MostGuessed) await SlipAsync($"{local}@", address.Domain, "");
        return known.Distinct(StringComparer.Ordinal).Take(MostKnown).Chunk(NearSql.Few);

        async Task SlipAsync(string before, string text, string after) => known.AddRange(await c.QueryAsync<string>(
            new CommandDefinition(NearSql.OneSlip, new { OrganizationId = organizationId, before, text, after }, cancellationToken: cancel)));
    }

    private static async Task<IEnumerable<Row>> OfLocalPartAsync(DbConnection c, Guid organizationId, string local, CancellationToken cancel) =>
        (await c.QueryAsync<Row>(new CommandDefinition(NearSql.BySameLocalPart, new { OrganizationId = organizationId, local, localEnd = $"{local}zzzzzzzz" }, cancellationToken: cancel)))
        .Where(r => r.Email!.StartsWith(local, StringComparison.Ordinal));

    private static bool SaysWho(EmailAddress address) => address.LocalPart.Length >= ShortestLocalPart;

    private static DynamicParameters Parameters(Storefront storefront, string[] addresses)
    {
        var parameters = new DynamicParameters();
        parameters.Add("OrganizationId", storefront.OrganizationId);
        for (int i = 0; i < NearSql.Few; i++) parameters.Add($"v{i}", i < addresses.Length ? addresses[i] : "");
        return parameters;
    }

    private sealed record Row
    {
        public Guid? ContactId { get; init; }
        public required Guid StorefrontId { get; init; }
        public required string Name { get; init; }
        public string? Email { get; init; }
        /// <summary>Of an account; a record has none.</summary>
        public string? State { get; init; }

        public NearMiss ToNearMiss(EmailAddress typed)
        {
            int distance = Email is null ? typed.Value.Length : NearAddresses.Slips(typed, Email);
            return new NearMiss(ContactId, StorefrontId, Name, Email, distance, IsByName: distance > MostSlips);
        }
    }
}

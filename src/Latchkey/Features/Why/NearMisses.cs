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
    /// <summary>Such as info@: it says nothing about who.</summary>
    private const int ShortestLocalPart = 4;

    public async Task<IReadOnlyList<NearMiss>> RunAsync(Storefront storefront, SignInName name, CancellationToken cancel)
    {
        if (name.Email is not { } address) return [];
        var rows = new List<Row>();
        var byName = new List<Row>();
        await database.ReadAsync(async c =>
        {
            var known = new List<string>();
            foreach (string[] chunk in NearAddresses.Of(address).Chunk(NearSql.AtOnce))
                known.AddRange(await c.QueryAsync<string>(new CommandDefinition(NearSql.Known, Parameters(storefront, chunk, NearSql.AtOnce), cancellationToken: cancel)));
            foreach (string[] few in known.Take(MostKnown).Chunk(NearSql.Few))
                rows.AddRange(await c.QueryAsync<Row>(new CommandDefinition(NearSql.ByAddress, Parameters(storefront, few, NearSql.Few), cancellationToken: cancel)));
            string local = address.Value[..(address.Value.LastIndexOf('@') + 1)];
            if (local.Length > ShortestLocalPart)
            {
                var same = await c.QueryAsync<Row>(new CommandDefinition(NearSql.BySameLocalPart, new { storefront.OrganizationId, local, localEnd = $"{local}zzzzzzzz" }, cancellationToken: cancel));
                rows.AddRange(same.Where(r => r.Email!.StartsWith(local, StringComparison.Ordinal)));
            }
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

    private static async Task<IEnumerable<Row>> OfNameAsync(System.Data.Common.DbConnection c, Guid organization, string name, CancellationToken cancel) =>
        (await c.QueryAsync<Row>(new CommandDefinition(NearSql.ByName, new { OrganizationId = organization, name, nameEnd = $"{name}zzzzzzzz" }, cancellationToken: cancel)))
        .Where(r => r.Name.StartsWith(name, StringComparison.OrdinalIgnoreCase));

    private static DynamicParameters Parameters(Storefront storefront, string[] addresses, int count)
    {
        var parameters = new DynamicParameters();
        parameters.Add("OrganizationId", storefront.OrganizationId);
        for (int i = 0; i < count; i++) parameters.Add($"v{i}", i < addresses.Length ? addresses[i] : "");
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

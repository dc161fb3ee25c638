using System.Data.Common;
using Dapper;
using Latchkey.Platform.Data;
using Latchkey.SignIn;

namespace Latchkey.Features.Contacts.Import;

/// <summary>What a batch writes.</summary>
internal sealed class ImportWrites
{
    public Dictionary<Guid, KnownContact> Contacts { get; } = [];
    public List<NewAccount> Accounts { get; } = [];
    public List<NewHash> Hashes { get; } = [];
    public List<Guid> Unlinked { get; } = [];
    /// <summary>Of those that were unlinked: what they were linked to.</summary>
    public List<RemovedLink> RemovedLinks { get; } = [];
    public List<NewLink> Links { get; } = [];
    public List<KnownFacility> Facilities { get; } = [];
    public List<KnownUnitType> UnitTypes { get; } = [];
    public List<KnownUnit> Units { get; } = [];
    public HashSet<Guid> NewUnits { get; } = [];
    public List<NewSubscription> Subscriptions { get; } = [];

    /// <exception cref="ChangedMeanwhileException">Somebody else changed one of the contacts since it was read.</exception>
    public async Task RunAsync(DbTransaction transaction, StorefrontKey storefront, DateTimeOffset now)
    {
        var shared = new { storefront.OrganizationId, storefront.StorefrontId, now };
        await transaction.ExecuteAsync(ImportSql.AddFacilities, Facilities, shared);
        await transaction.ExecuteAsync(ImportSql.AddUnitTypes, UnitTypes, shared);
        await transaction.ExecuteAsync(ImportSql.OccupyUnits, Units, shared);
        if (await transaction.ExecuteAsync(ImportSql.SaveContacts, Contacts.Values, shared) != Contacts.Count) throw new ChangedMeanwhileException();
        await transaction.ExecuteAsync(ImportSql.AddAccounts, Accounts, shared);
        foreach (var (id, hash) in Hashes) await transaction.Connection!.ExecuteAsync(ImportSql.AddHash, new { storefront.OrganizationId, id, hash, now }, transaction);
        foreach (var id in Unlinked)
            RemovedLinks.AddRange(await transaction.Connection!.QueryAsync<RemovedLink>(ImportSql.RemoveLinks, new { storefront.OrganizationId, Id = id }, transaction));
        await transaction.ExecuteAsync(ImportSql.AddLinks, Links, shared);
        await transaction.ExecuteAsync(ImportSql.AddSubscriptions, Subscriptions, shared);
    }
}

internal sealed record NewAccount(Guid Id, string Email, string? Phone, string? Locale);

internal sealed record NewHash(Guid AccountId, string Hash);

internal sealed record NewLink(Guid AccountId, Guid ContactId);

internal sealed record RemovedLink
{
    public required Guid ContactId { get; init; }
    public required Guid AccountId { get; init; }
    public required DateTimeOffset LinkedAt { get; init; }
    public required string LinkedBy { get; init; }
}

/// <summary>The batch is planned again on what is there now.</summary>
internal sealed class ChangedMeanwhileException() : Exception("A contact was changed while it was imported.");

using Dapper;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;

namespace Latchkey.Features.Passkeys;

/// <summary>The passkeys a customer has here.</summary>
public sealed class PasskeysOfAccount(Database database, PublicAddress addresses)
{
    public Task<IReadOnlyList<Passkey>> FindAsync(Storefront storefront, Guid accountId, CancellationToken cancel) => database.ReadAsync(async c =>
        (IReadOnlyList<Passkey>)[.. await c.QueryAsync<Passkey>(
            new CommandDefinition(PasskeySql.OfAccount, new { storefront.OrganizationId, accountId }, cancellationToken: cancel))], cancel);

    /// <summary>Whether a first passkey is worth offering: the policy has them, this address can have them, and the account has none for it.</summary>
    public async Task<bool> LacksOneAsync(Storefront storefront, Guid accountId, CancellationToken cancel)
    {
        var site = PasskeySite.Of(addresses, storefront);
        return storefront.Policy.Passkeys && site.IsPossible && await database.ReadAsync(c => c.ExecuteScalarAsync<long>(
            new CommandDefinition(PasskeySql.HasAny, new { storefront.OrganizationId, accountId, site.RpId }, cancellationToken: cancel)), cancel) == 0;
    }
}

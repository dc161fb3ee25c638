using Dapper;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;

namespace Latchkey.Features.Account;

/// <summary>Finds what the Account page shows.</summary>
public sealed class ProfileOfAccount(Database database)
{
    public Task<Profile> FindAsync(Storefront storefront, Guid accountId, CancellationToken cancel) =>
        database.ReadAsync(c => c.QuerySingleAsync<Profile>(
            new CommandDefinition(ProfileSql.Find, new { storefront.OrganizationId, storefront.Id, accountId }, cancellationToken: cancel)), cancel);
}

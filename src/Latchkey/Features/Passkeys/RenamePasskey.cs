using Dapper;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Features.Passkeys;

/// <summary>Gives one of the customer's own passkeys another name.</summary>
public sealed class RenamePasskey(Database database)
{
    /// <returns>False when the customer has no such passkey.</returns>
    public async Task<bool> RunAsync(Storefront storefront, LiveSession customer, Guid passkeyId, string name, CancellationToken cancel) =>
        await database.WriteAsync(t => t.Connection!.ExecuteAsync(
            new CommandDefinition(PasskeySql.Rename, new { storefront.OrganizationId, customer.AccountId, passkeyId, name }, t, cancellationToken: cancel)), cancel) == 1;
}

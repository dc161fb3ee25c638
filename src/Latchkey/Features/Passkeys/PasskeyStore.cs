using Dapper;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;
using Microsoft.AspNetCore.Identity;

namespace Latchkey.Features.Passkeys;

/// <summary>Whose passkey it is, to the framework.</summary>
public sealed record PasskeyOwner(Guid AccountId)
{
    /// <summary>The user handle that the device keeps.</summary>
    public string Handle => AccountId.ToString("n");

    public static PasskeyOwner? Read(string handle) => Guid.TryParseExact(handle, "n", out var id) ? new PasskeyOwner(id) : null;
}

/// <summary>What the framework's ceremonies look up, on one storefront and for its present host. It reads; the operations write.</summary>
internal sealed class PasskeyStore(Database database, Storefront storefront, PasskeySite site) : IUserPasskeyStore<PasskeyOwner>
{
    public Task<PasskeyOwner?> FindByIdAsync(string userId, CancellationToken cancellationToken) => Task.FromResult(PasskeyOwner.Read(userId));

    public Task<string> GetUserIdAsync(PasskeyOwner user, CancellationToken cancellationToken) => Task.FromResult(user.Handle);

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(PasskeyOwner user, CancellationToken cancellationToken)
    {
        var all = await database.ReadAsync(c => c.QueryAsync<Passkey>(
            new CommandDefinition(PasskeySql.OfAccount, new { storefront.OrganizationId, accountId = user.AccountId }, cancellationToken: cancellationToken)), cancellationToken);
        return [.. all.Where(p => p.RpId == site.RpId).Select(p => p.ToInfo())];
    }

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(PasskeyOwner user, byte[] credentialId, CancellationToken cancellationToken) =>
        await FindAsync(credentialId, cancellationToken) is { } found && found.AccountId == user.AccountId ? found.ToInfo() : null;

    public async Task<PasskeyOwner?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        await FindAsync(credentialId, cancellationToken) is { } found ? new PasskeyOwner(found.AccountId) : null;

    private Task<Passkey?> FindAsync(byte[] credentialId, CancellationToken cancel) => database.ReadAsync(c => c.QuerySingleOrDefaultAsync<Passkey>(
        new CommandDefinition(PasskeySql.ByCredential, new { storefront.OrganizationId, storefront.Id, credentialId, site.RpId }, cancellationToken: cancel)), cancel);

    // The ceremonies ask for no more than the above.
    public Task AddOrUpdatePasskeyAsync(PasskeyOwner user, UserPasskeyInfo passkey, CancellationToken cancellationToken) => throw new NotSupportedException();
    public Task RemovePasskeyAsync(PasskeyOwner user, byte[] credentialId, CancellationToken cancellationToken) => throw new NotSupportedException();
    public Task<string?> GetUserNameAsync(PasskeyOwner user, CancellationToken cancellationToken) => throw new NotSupportedException();
    public Task SetUserNameAsync(PasskeyOwner user, string? userName, CancellationToken cancellationToken) => throw new NotSupportedException();
    public Task<string?> GetNormalizedUserNameAsync(PasskeyOwner user, CancellationToken cancellationToken) => throw new NotSupportedException();
    public Task SetNormalizedUserNameAsync(PasskeyOwner user, string? normalizedName, CancellationToken cancellationToken) => throw new NotSupportedException();
    public Task<IdentityResult> CreateAsync(PasskeyOwner user, CancellationToken cancellationToken) => throw new NotSupportedException();
    public Task<IdentityResult> UpdateAsync(PasskeyOwner user, CancellationToken cancellationToken) => throw new NotSupportedException();
    public Task<IdentityResult> DeleteAsync(PasskeyOwner user, CancellationToken cancellationToken) => throw new NotSupportedException();
    public Task<PasskeyOwner?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => throw new NotSupportedException();

    public void Dispose()
    {
    }
}

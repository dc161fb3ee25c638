using System.Data.Common;

namespace Latchkey.SignIn;

/// <summary>
/// What may become of an account besides signing in. Each change ends its sessions and everything on its way to it at once, and for good:
/// nothing of the time before works again, whatever becomes of the account or its address later.
/// </summary>
/// <param name="clock">The one clock.</param>
public sealed class Accounts(TimeProvider clock)
{
    /// <summary>Lets nobody in any more, until <see cref="EnableAsync"/>.</summary>
    /// <returns>False when there is no such account here, or it was closed already.</returns>
    public async Task<bool> DisableAsync(DbTransaction transaction, StorefrontKey where, Guid accountId, CancellationToken cancel = default)
    {
        if (!await RunAsync(transaction, AccountStateSql.Disable, where, accountId, cancel)) return false;
        await CloseAsync(transaction, where, accountId, "account disabled", cancel);
        return true;
    }

    /// <summary>Lets the holder in again: proven if it was. Links and sessions of before stay dead.</summary>
    /// <returns>False when it is not disabled.</returns>
    public static Task<bool> EnableAsync(DbTransaction transaction, StorefrontKey where, Guid accountId, CancellationToken cancel = default) =>
        RunAsync(transaction, AccountStateSql.Enable, where, accountId, cancel);

    /// <summary>
    /// Takes every credential away: password, passkeys, phone number, sessions, links. Address and linked contacts stay; the next proof of
    /// the mailbox opens it again.
    /// </summary>
    /// <returns>False when there is no such account here, or it was merged.</returns>
    public async Task<bool> ResetAsync(DbTransaction transaction, StorefrontKey where, Guid accountId, CancellationToken cancel = default)
    {
        if (!await RunAsync(transaction, AccountStateSql.Reset, where, accountId, cancel)) return false;
        await RunAsync(transaction, AccountStateSql.ForgetPasskeys, where, accountId, cancel);
        await CloseAsync(transaction, where, accountId, "account reset", cancel);
        return true;
    }

    /// <summary>Makes one account of two. What is linked to the first is the caller's to move, in the same transaction.</summary>
    /// <param name="transaction">The caller's transaction.</param>
    /// <param name="where">The storefront of both.</param>
    /// <param name="from">
    /// The account that ends. Its address leads to the other from now on; its passkeys and password let nobody in, and wait for
    /// <see cref="UnmergeAsync"/> until <see cref="ForgetMergedAsync"/>.
    /// </param>
    /// <param name="into">The account that stays. It is signed out as well.</param>
    /// <param name="cancel">Cancels the database work.</param>
    /// <returns>False when they are the same, either is not of this storefront, the first was merged, or the second is closed.</returns>
    public async Task<bool> MergeAsync(DbTransaction transaction, StorefrontKey where, Guid from, Guid into, CancellationToken cancel = default)
    {
        await RunAsync(transaction, AccountStateSql.LockPair, where, from, cancel, into);
        if (!await RunAsync(transaction, AccountStateSql.Merge, where, from, cancel, into)) return false;
        await RunAsync(transaction, AccountStateSql.Follow, where, from, cancel, into);
        await CloseAsync(transaction, where, from, "account merged", cancel);
        await CloseAsync(transaction, where, into, "account merged", cancel);
        return true;
    }

    /// <summary>
    /// Makes two accounts of one again: the first has its own password, passkeys and followers back. Both are signed out. What the caller
    /// moved at the merge is the caller's to move back, in the same transaction.
    /// </summary>
    /// <param name="transaction">The caller's transaction.</param>
    /// <param name="where">The storefront of both.</param>
    /// <param name="from">The account that was merged.</param>
    /// <param name="into">The account it became.</param>
    /// <param name="email">The address that the first had, in canonical form.</param>
    /// <param name="followers">What was merged into the first before; those that follow another by now go on doing so.</param>
    /// <param name="cancel">Cancels the database work.</param>
    /// <returns>False when the first is not merged into the second any more or has lost its address, or the second is not proven.</returns>
    public async Task<bool> UnmergeAsync(
        DbTransaction transaction, StorefrontKey where, Guid from, Guid into, string email, IReadOnlyList<Guid> followers, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(followers);
        await RunAsync(transaction, AccountStateSql.LockPair, where, from, cancel, into);
        if (!await RunAsync(transaction, AccountStateSql.Unmerge, where, from, cancel, into, ("email", email))) return false;
        foreach (var follower in followers)
            await RunAsync(transaction, AccountStateSql.Unfollow, where, from, cancel, into, ("follower", follower));
        await CloseAsync(transaction, where, from, "merge undone", cancel);
        await CloseAsync(transaction, where, into, "merge undone", cancel);
        return true;
    }

    /// <summary>Forgets the password and passkeys of a merged account: its merge can no longer be undone.</summary>
    public static Task ForgetMergedAsync(DbTransaction transaction, StorefrontKey where, Guid accountId, CancellationToken cancel = default) =>
        RunAsync(transaction, AccountStateSql.ForgetMerged, where, accountId, cancel);

    /// <summary>Gives an account the address that another one has. The other is closed: it has no address any more. Both are signed out.</summary>
    /// <param name="transaction">The caller's transaction.</param>
    /// <param name="where">The storefront of both.</param>
    /// <param name="from">The account that has the address.</param>
    /// <param name="into">The account that gets it.</param>
    /// <param name="email">The address, in canonical form.</param>
    /// <param name="cancel">Cancels the database work.</param>
    /// <returns>False when the first does not have that address or was merged, or the second is not a proven account of this storefront.</returns>
    public async Task<bool> TakeAddressAsync(
        DbTransaction transaction, StorefrontKey where, Guid from, Guid into, string email, CancellationToken cancel = default)
    {
        await RunAsync(transaction, AccountStateSql.LockPair, where, from, cancel, into);
        (string, object?)[] address = [("email", email), ("nobody", EmailChanges.Nobody())];
        if (!await RunAsync(transaction, AccountStateSql.GiveAddress, where, from, cancel, into, address)) return false;
        await RunAsync(transaction, AccountStateSql.TakeAddress, where, from, cancel, into, address);
        await CloseAsync(transaction, where, from, "address taken over", cancel);
        await CloseAsync(transaction, where, into, "address taken over", cancel);
        return true;
    }

    private static async Task<bool> RunAsync(
        DbTransaction transaction, string sql, StorefrontKey where, Guid accountId, CancellationToken cancel, Guid into = default,
        params (string Name, object? Value)[] more) =>
        await transaction.Command(sql, [("organization", where.OrganizationId), ("storefront", where.StorefrontId), ("account", accountId), ("into", into), .. more])
            .ExecuteAsync(cancel) > 0;

    private Task<int> CloseAsync(DbTransaction transaction, StorefrontKey where, Guid accountId, string reason, CancellationToken cancel) =>
        transaction.Command(AccountStateSql.Close, ("organization", where.OrganizationId), ("account", accountId), ("now", clock.GetUtcNow()), ("reason", reason))
            .ExecuteAsync(cancel);
}

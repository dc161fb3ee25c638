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
    /// <param name="from">The account that ends, with its passkeys and password. Its address leads to the other from now on.</param>
    /// <param name="into">The account that stays. It is signed out as well.</param>
    /// <param name="cancel">Cancels the database work.</param>
    /// <returns>False when they are the same, either is not of this storefront, the first was merged, or the second is closed.</returns>
    public async Task<bool> MergeAsync(DbTransaction transaction, StorefrontKey where, Guid from, Guid into, CancellationToken cancel = default)
    {
        await RunAsync(transaction, AccountStateSql.LockPair, where, from, cancel, into);
        if (!await RunAsync(transaction, AccountStateSql.Merge, where, from, cancel, into)) return false;
        await RunAsync(transaction, AccountStateSql.Follow, where, from, cancel, into);
        await RunAsync(transaction, AccountStateSql.ForgetPasskeys, where, from, cancel);
        await CloseAsync(transaction, where, from, "account merged", cancel);
        await CloseAsync(transaction, where, into, "account merged", cancel);
        return true;
    }

    private static async Task<bool> RunAsync(
        DbTransaction transaction, string sql, StorefrontKey where, Guid accountId, CancellationToken cancel, Guid into = default) =>
        await transaction.Command(sql, ("organization", where.OrganizationId), ("storefront", where.StorefrontId), ("account", accountId), ("into", into))
            .ExecuteAsync(cancel) > 0;

    private Task<int> CloseAsync(DbTransaction transaction, StorefrontKey where, Guid accountId, string reason, CancellationToken cancel) =>
        transaction.Command(AccountStateSql.Close, ("organization", where.OrganizationId), ("account", accountId), ("now", clock.GetUtcNow()), ("reason", reason))
            .ExecuteAsync(cancel);
}

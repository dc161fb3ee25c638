using System.Data.Common;

namespace Latchkey.SignIn;

/// <summary>
/// Passwords of accounts, for storefronts whose policy has them. Hashing is the caller's, between two transactions: a try is counted and
/// committed, then compared, then what follows is written.
/// </summary>
/// <param name="key">The installation's secret.</param>
/// <param name="clock">The one clock.</param>
public sealed class AccountPasswords(SignInKey key, TimeProvider clock)
{
    /// <summary>Wrong passwords in a row, over all pauses, after which only a new password ends the pause (NIST SP 800-63B-4, 3.2.2).</summary>
    public const int MostFailuresInARow = 100;

    private static readonly DateTimeOffset Never = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// Counts one try, before anything is compared. Commit this first: then guesses that race are all counted, and none is compared
    /// beyond the policy's number (CVE-2023-47111, CVE-2024-4629).
    /// </summary>
    /// <param name="transaction">Commit it whatever comes back.</param>
    /// <param name="where">The storefront.</param>
    /// <param name="policy">Its policy: number of tries, pause, brakes.</param>
    /// <param name="address">The address as typed; it may be anybody's.</param>
    /// <param name="ip">The requester's address: IPv4, or an IPv6 /64.</param>
    /// <param name="cancel">Cancels the database work.</param>
    public async Task<PasswordTry> CountAsync(
        DbTransaction transaction, StorefrontKey where, SignInPolicy policy, EmailAddress address, string? ip, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(address);
        if (await ChargeAsync(transaction, where, policy, address, ip, cancel) is { } until) return new PasswordTry(null, null, null, until);
        var now = clock.GetUtcNow();
        return await transaction.Command(PasswordSql.Count, ("organization", where.OrganizationId), ("storefront", where.StorefrontId),
            ("address", address.Value), ("now", now), ("until", now + policy.PasswordLockout), ("tries", policy.PasswordTries),
            ("most", MostFailuresInARow), ("never", Never))
            .FirstAsync(r => new PasswordTry(r.GetGuid(0), r.GetString(1), r.GetString(2), null), cancel) ?? new PasswordTry(null, null, null, null);
    }

    /// <summary>Charges the brakes on typing passwords: per address, per IP address, per storefront; for unknown addresses alike.</summary>
    /// <returns>When a password may be typed again; null when it may be now.</returns>
    public Task<DateTimeOffset?> ChargeAsync(
        DbTransaction transaction, StorefrontKey where, SignInPolicy policy, EmailAddress address, string? ip, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(address);
        return Throttles.ChargeAsync(transaction, clock.GetUtcNow(),
        [
            new(where, "password", key.Fingerprint(address.Value), policy.Limits.Password),
            .. ip is null ? Array.Empty<Charge>() : [new(where, "password-ip", ip, policy.Limits.PasswordIp)],
            new(where, "password-storefront", "", policy.Limits.PasswordStorefront),
        ], cancel);
    }

    /// <summary>The password was right: ends the count, and keeps a better hash when there is one.</summary>
    /// <param name="transaction">Start the session in this same transaction.</param>
    /// <param name="where">The storefront.</param>
    /// <param name="accountId">The account.</param>
    /// <param name="compared">The hash that was compared.</param>
    /// <param name="hash">The hash to keep: the same, or a better one of the same password.</param>
    /// <param name="cancel">Cancels the database work.</param>
    /// <returns>False when the account is not proven or closed, or its password was changed meanwhile: nobody is signed in.</returns>
    public static async Task<bool> RightAsync(
        DbTransaction transaction, StorefrontKey where, Guid accountId, string compared, string hash, CancellationToken cancel = default) =>
        await transaction.Command(PasswordSql.Right, ("organization", where.OrganizationId), ("storefront", where.StorefrontId),
            ("account", accountId), ("compared", compared), ("hash", hash)).ExecuteAsync(cancel) == 1;

    /// <summary>The password was right, and the account is not proven yet: ends the count, and nothing else.</summary>
    public static Task<int> ForgetFailuresAsync(DbTransaction transaction, StorefrontKey where, Guid accountId, CancellationToken cancel = default) =>
        transaction.Command(PasswordSql.ForgetFailures, ("organization", where.OrganizationId), ("storefront", where.StorefrontId), ("account", accountId))
            .ExecuteAsync(cancel);

    /// <summary>The password was wrong. Says whether its owner is to be told that the password path pauses: once a day at the most.</summary>
    /// <param name="transaction">The mail must be stored in this same transaction.</param>
    /// <param name="where">The storefront.</param>
    /// <param name="accountId">The account; empty for an address without one, so that the work is the same.</param>
    /// <param name="cancel">Cancels the database work.</param>
    public Task<AccountMailbox?> WrongAsync(DbTransaction transaction, StorefrontKey where, Guid accountId, CancellationToken cancel = default)
    {
        var now = clock.GetUtcNow();
        return transaction.Command(PasswordSql.TellPause, ("organization", where.OrganizationId), ("storefront", where.StorefrontId),
            ("account", accountId), ("now", now), ("dayAgo", now.AddDays(-1))).FirstAsync(AccountMailbox.Read, cancel);
    }

    /// <summary>Gives a proven account a password of its holder's choice. End the account's other sessions in the same transaction.</summary>
    /// <returns>Null when the account is not proven or closed.</returns>
    public Task<AccountMailbox?> SetAsync(DbTransaction transaction, StorefrontKey where, Guid accountId, string hash, CancellationToken cancel = default) =>
        transaction.Command(PasswordSql.Set, ("organization", where.OrganizationId), ("storefront", where.StorefrontId),
            ("account", accountId), ("hash", hash), ("now", clock.GetUtcNow())).FirstAsync(AccountMailbox.Read, cancel);

    /// <summary>Takes the password away: the account is signed in to by link.</summary>
    /// <returns>Null when there was none.</returns>
    public static Task<AccountMailbox?> RemoveAsync(DbTransaction transaction, StorefrontKey where, Guid accountId, CancellationToken cancel = default) =>
        transaction.Command(PasswordSql.Remove, ("organization", where.OrganizationId), ("storefront", where.StorefrontId), ("account", accountId))
            .FirstAsync(AccountMailbox.Read, cancel);

    /// <summary>Whether the account has a password.</summary>
    public static async Task<bool> HasAsync(DbConnection connection, StorefrontKey where, Guid accountId, CancellationToken cancel = default) =>
        await connection.Command(PasswordSql.HasPassword, ("organization", where.OrganizationId), ("storefront", where.StorefrontId), ("account", accountId))
            .FirstAsync(r => new object(), cancel) is not null;
}

/// <summary>One counted try at a password.</summary>
/// <param name="AccountId">The account; null when there is none, it has no password, or its password path pauses.</param>
/// <param name="State">The account's state: unproven, proven.</param>
/// <param name="Hash">What to compare with; null: compare with a made-up one, for the time it takes.</param>
/// <param name="LimitedUntil">Set when too many passwords were typed for this address, from there, or at this storefront.</param>
public sealed record PasswordTry(Guid? AccountId, string? State, string? Hash, DateTimeOffset? LimitedUntil);

/// <summary>An account, and where its mail goes.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="Email">Its stored address.</param>
/// <param name="Locale">Its language, when it chose one.</param>
/// <param name="IsFirstProof">Whether the mailbox was proven just now, for the first time.</param>
public sealed record AccountMailbox(Guid AccountId, string Email, string? Locale, bool IsFirstProof)
{
    internal static AccountMailbox Read(DbDataReader r) => new(r.GetGuid(0), r.GetString(1), r.TextOrNull(2), r.GetInt32(3) == 1);
}

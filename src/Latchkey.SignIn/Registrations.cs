using System.Data.Common;

namespace Latchkey.SignIn;

/// <summary>
/// What is chosen at a registration waits beside the account until its mailbox is proven, and only the proof by somebody who also chose it
/// brings it in: the holder of a mailbox never gets a password that a stranger set (GHSA-qq9h-g4jm-xgf3).
/// </summary>
/// <param name="links">The links in the mails.</param>
/// <param name="clock">The one clock.</param>
public sealed class Registrations(OneTimeLinks links, TimeProvider clock)
{
    /// <summary>What waits at an unproven account, this browser's own first, then the newest; a few at the most.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="where">The storefront.</param>
    /// <param name="accountId">The account that a valid link is for.</param>
    /// <param name="browser">The browser the link was opened in; null when it has no secret.</param>
    /// <param name="cancel">Cancels the database work.</param>
    public static async Task<IReadOnlyList<Registration>> FindAsync(
        DbConnection connection, StorefrontKey where, Guid accountId, BrowserSecret? browser, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var found = await connection.Command(PasswordSql.Registrations, ("organization", where.OrganizationId), ("account", accountId),
            ("browser", browser?.Hash() ?? [])).ListAsync(r => new Registration(r.GetGuid(0), r.GetString(1), r.GetInt32(2) == 1), cancel);
        var imported = await connection.Command(PasswordSql.ImportedHash, ("organization", where.OrganizationId), ("storefront", where.StorefrontId),
            ("account", accountId)).FirstAsync(r => new Registration(null, r.GetString(0), false), cancel);
        return imported is null ? found : [.. found, imported];
    }

    /// <summary>Proves the account by a link to its mailbox, at most once, and brings one registration in or none.</summary>
    /// <param name="transaction">Holds the use of the link and the proof together.</param>
    /// <param name="where">The storefront.</param>
    /// <param name="token">The link.</param>
    /// <param name="registrationId">The registration whose chooser was recognised; null: its password and name are dropped.</param>
    /// <param name="cancel">Cancels the database work.</param>
    /// <returns>Null when the link cannot be used, or the account is proven already or closed.</returns>
    public async Task<AccountMailbox?> ConfirmAsync(
        DbTransaction transaction, StorefrontKey where, LinkToken token, Guid? registrationId, CancellationToken cancel = default)
    {
        var link = await links.UseAsync(transaction, where, OneTimePurpose.ConfirmEmail, token, cancel);
        if (link is null) return null;
        var chosen = await transaction.Command(PasswordSql.Registration, ("organization", where.OrganizationId), ("id", registrationId ?? Guid.Empty),
            ("account", link.AccountId)).FirstAsync(r => new { Hash = r.GetString(0), Name = r.TextOrNull(1), At = r.Time(2) }, cancel);
        var proven = await transaction.Command(PasswordSql.Confirm, ("organization", where.OrganizationId), ("storefront", where.StorefrontId),
            ("account", link.AccountId), ("address", link.Address.Value), ("now", clock.GetUtcNow()), ("name", chosen?.Name), ("hash", chosen?.Hash),
            ("by", chosen is null ? null : "customer"), ("setAt", chosen?.At)).FirstAsync(AccountMailbox.Read, cancel);
        await EndAsync(transaction, where, link.AccountId, cancel);
        return proven;
    }

    /// <summary>Sets a new password by a link to the mailbox, at most once: the mailbox is proven, and what waited at the account is dropped.</summary>
    /// <param name="transaction">End the account's sessions in this same transaction.</param>
    /// <param name="where">The storefront.</param>
    /// <param name="token">The link.</param>
    /// <param name="hash">The new password's hash.</param>
    /// <param name="cancel">Cancels the database work.</param>
    /// <returns>Null when the link cannot be used, or the account is closed or has another address now.</returns>
    public async Task<AccountMailbox?> ResetAsync(DbTransaction transaction, StorefrontKey where, LinkToken token, string hash, CancellationToken cancel = default)
    {
        var link = await links.UseAsync(transaction, where, OneTimePurpose.ResetPassword, token, cancel);
        if (link is null) return null;
        var reset = await transaction.Command(PasswordSql.Reset, ("organization", where.OrganizationId), ("storefront", where.StorefrontId),
            ("account", link.AccountId), ("address", link.Address.Value), ("now", clock.GetUtcNow()), ("hash", hash)).FirstAsync(AccountMailbox.Read, cancel);
        await EndAsync(transaction, where, link.AccountId, cancel);
        return reset;
    }

    private async Task EndAsync(DbTransaction transaction, StorefrontKey where, Guid accountId, CancellationToken cancel)
    {
        await links.RevokeAsync(transaction, where, accountId, OneTimePurpose.ConfirmEmail, cancel);
        await transaction.Command(PasswordSql.ForgetRegistrations, ("organization", where.OrganizationId), ("account", accountId)).ExecuteAsync(cancel);
    }
}

/// <summary>A password that waits for the proof of the mailbox.</summary>
/// <param name="Id">The registration; null for a password that was imported with the account.</param>
/// <param name="Hash">To be compared with what is typed.</param>
/// <param name="IsOfThisBrowser">Whether it was chosen in the browser that asks: then it need not be typed again.</param>
public sealed record Registration(Guid? Id, string Hash, bool IsOfThisBrowser);

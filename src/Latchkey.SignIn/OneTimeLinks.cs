using System.Data.Common;

namespace Latchkey.SignIn;

/// <summary>
/// Links that do one thing once and sign nobody in: confirm an address, set a new password, undo a change. Storefront and purpose
/// are part of every look-up, so that a link of one kind or place is nothing in another (GHSA-965c-763c-88jm).
/// </summary>
/// <param name="key">The installation's secret.</param>
/// <param name="clock">The one clock.</param>
public sealed class OneTimeLinks(SignInKey key, TimeProvider clock)
{
    /// <summary>Makes a link. Its token is derived from the row: <see cref="Token"/>, when the mail is rendered.</summary>
    /// <param name="transaction">The mail must be stored in this same transaction.</param>
    /// <param name="where">The storefront.</param>
    /// <param name="purpose">What it does.</param>
    /// <param name="accountId">To which account.</param>
    /// <param name="address">The mailbox it is sent to.</param>
    /// <param name="lifetime">How long it works from now.</param>
    /// <param name="cancel">Cancels the database work.</param>
    public async Task<OneTimeLink> IssueAsync(
        DbTransaction transaction, StorefrontKey where, OneTimePurpose purpose, Guid accountId, EmailAddress address, TimeSpan lifetime, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(address);
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        await transaction.Command(OneTimeLinkSql.Issue,
            ("organization", where.OrganizationId), ("id", id), ("storefront", where.StorefrontId), ("purpose", purpose.ToString()),
            ("hash", Token(purpose, id).Hash()), ("account", accountId), ("address", address.Value), ("now", now), ("expires", now + lifetime))
            .ExecuteAsync(cancel);
        return new OneTimeLink(id, purpose, accountId, address, now, LinkStatus.Ready);
    }

    /// <summary>The secret part of the link.</summary>
    public LinkToken Token(OneTimePurpose purpose, Guid id) => key.OneTimeToken(purpose, id);

    /// <summary>What a link is worth now. Changes nothing.</summary>
    /// <returns>Null when this storefront has no such link for this purpose.</returns>
    public Task<OneTimeLink?> LookAsync(DbConnection connection, StorefrontKey where, OneTimePurpose purpose, LinkToken token, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(token);
        var now = clock.GetUtcNow();
        return connection.Command(OneTimeLinkSql.Find, ("organization", where.OrganizationId), ("storefront", where.StorefrontId),
            ("purpose", purpose.ToString()), ("hash", token.Hash())).FirstAsync(r => OneTimeLink.Read(r, purpose, now), cancel);
    }

    /// <summary>Uses a link up, at most once whatever the concurrency: one statement decides.</summary>
    /// <param name="transaction">Holds the use and what follows from it together.</param>
    /// <param name="where">The storefront on which it was opened.</param>
    /// <param name="purpose">What is about to be done.</param>
    /// <param name="token">The link.</param>
    /// <param name="cancel">Cancels the database work.</param>
    /// <returns>Null when it is expired, used, revoked or unknown: <see cref="LookAsync"/> says which.</returns>
    public async Task<OneTimeLink?> UseAsync(DbTransaction transaction, StorefrontKey where, OneTimePurpose purpose, LinkToken token, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(token);
        var now = clock.GetUtcNow();
        var used = await transaction.Command(OneTimeLinkSql.Use, ("organization", where.OrganizationId), ("storefront", where.StorefrontId),
            ("purpose", purpose.ToString()), ("hash", token.Hash()), ("now", now)).FirstAsync(r => OneTimeLink.Read(r, purpose, now), cancel);
        return used is null ? null : used with { Status = LinkStatus.Ready };
    }

    /// <summary>Ends the account's links of one purpose that were not used yet.</summary>
    /// <returns>How many ended.</returns>
    public Task<int> RevokeAsync(DbTransaction transaction, StorefrontKey where, Guid accountId, OneTimePurpose purpose, CancellationToken cancel = default) =>
        transaction.Command(OneTimeLinkSql.Revoke, ("organization", where.OrganizationId), ("account", accountId), ("purpose", purpose.ToString()),
            ("now", clock.GetUtcNow())).ExecuteAsync(cancel);
}

/// <summary>What a <see cref="OneTimeLink"/> does.</summary>
public enum OneTimePurpose
{
    /// <summary>Proves the address of an account that was registered with a password.</summary>
    ConfirmEmail,
    /// <summary>Sets a new password.</summary>
    ResetPassword,
    /// <summary>Proves the new address of an account that changes it.</summary>
    ChangeEmail,
    /// <summary>Takes a change of address back, from the old mailbox.</summary>
    UndoEmail,
}

/// <summary>A link that does one thing.</summary>
/// <param name="Id">Its row.</param>
/// <param name="Purpose">What it does.</param>
/// <param name="AccountId">To which account.</param>
/// <param name="Address">The mailbox it was sent to.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="Status">What it was worth when it was looked at; never <see cref="LinkStatus.AccountClosed"/>.</param>
public sealed record OneTimeLink(Guid Id, OneTimePurpose Purpose, Guid AccountId, EmailAddress Address, DateTimeOffset CreatedAt, LinkStatus Status)
{
    internal static OneTimeLink Read(DbDataReader r, OneTimePurpose purpose, DateTimeOffset now) => new(
        r.GetGuid(0), purpose, r.GetGuid(1), EmailAddress.Of(r.GetString(2)), r.Time(3), r switch
        {
            _ when !r.IsDBNull(5) => LinkStatus.AlreadyUsed,
            _ when !r.IsDBNull(6) => LinkStatus.Revoked,
            _ when r.Time(4) <= now => LinkStatus.Expired,
            _ => LinkStatus.Ready,
        });
}

using System.Data.Common;

namespace Latchkey.SignIn;

/// <summary>
/// Changes of an account's address: asked for, confirmed from the new mailbox in a browser that is signed in, and undone from the old one.
/// Nothing is looked up when it is asked for, so the answer cannot depend on whether the new address is somebody's.
/// </summary>
/// <param name="key">The installation's secret.</param>
/// <param name="links">The links that confirm and undo.</param>
/// <param name="sessions">What ends when the address changes.</param>
/// <param name="clock">The one clock.</param>
public sealed class EmailChanges(SignInKey key, OneTimeLinks links, Sessions sessions, TimeProvider clock)
{
    /// <summary>How long a change waits to be confirmed.</summary>
    public static readonly TimeSpan WaitsFor = TimeSpan.FromHours(24);

    /// <summary>How long the old mailbox may take a change back.</summary>
    public static readonly TimeSpan UndoneWithin = TimeSpan.FromHours(72);

    /// <summary>
    /// Notes a change that waits for its confirmation. Another one that waits ends; the same again stays, with the same link. The caller
    /// makes sure that the session is fresh.
    /// </summary>
    /// <param name="transaction">The mail must be stored in this same transaction. Commit it whatever the outcome.</param>
    /// <param name="where">The storefront.</param>
    /// <param name="limits">How often it may be asked for.</param>
    /// <param name="accountId">The account.</param>
    /// <param name="address">The new address.</param>
    /// <param name="cancel">Cancels the database work.</param>
    public async Task<EmailChangeAsked> AskAsync(
        DbTransaction transaction, StorefrontKey where, SignInLimits limits, Guid accountId, EmailAddress address, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(address);
        if (await Throttles.ChargeAsync(transaction, clock.GetUtcNow(), Charges(where, limits, accountId, address), cancel) is { } until)
            return new EmailChangeAsked(null, until);
        await transaction.Command(EmailChangeSql.Lock, ("organization", where.OrganizationId), ("storefront", where.StorefrontId), ("account", accountId)).ExecuteAsync(cancel);
        var pending = await FindAsync(transaction.Command(EmailChangeSql.Pending, At(where, accountId)), cancel);
        if (pending is not null && pending.Address.Equals(address)) return new EmailChangeAsked(pending, default);
        await links.RevokeAsync(transaction, where, accountId, OneTimePurpose.ChangeEmail, cancel);
        return new EmailChangeAsked(await links.IssueAsync(transaction, where, OneTimePurpose.ChangeEmail, accountId, address, WaitsFor, cancel), default);
    }

    /// <summary>The change that waits, if one does.</summary>
    public Task<OneTimeLink?> PendingAsync(DbConnection connection, StorefrontKey where, Guid accountId, CancellationToken cancel = default) =>
        FindAsync(connection.Command(EmailChangeSql.Pending, At(where, accountId)), cancel);

    /// <summary>
    /// Changes the address to the one the link was mailed to. The account's other sessions end, and every link and code on its way to it.
    /// </summary>
    /// <param name="transaction">Holds the change and all that follows from it.</param>
    /// <param name="where">The storefront.</param>
    /// <param name="token">The link.</param>
    /// <param name="session">The browser's session: it must be of the link's account, and stays.</param>
    /// <param name="cancel">Cancels the database work.</param>
    public async Task<EmailConfirmed> ConfirmAsync(
        DbTransaction transaction, StorefrontKey where, LinkToken token, LiveSession session, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(session);
        if (await UseAsync(transaction, where, EmailChangeSql.Confirm, OneTimePurpose.ChangeEmail, token, session.AccountId, cancel) is not { } used)
            return await RefusedAsync(transaction, where, token, session.AccountId, cancel);
        await SetAsync(transaction, where, EmailChangeSql.Set, used, undo: false, cancel);
        await sessions.EndOthersAsync(transaction, where, used.AccountId, session.Id, "email changed", cancel);
        var undo = await links.IssueAsync(transaction, where, OneTimePurpose.UndoEmail, used.AccountId, used.Before, UndoneWithin, cancel);
        return new EmailConfirmed(new EmailChange(used.AccountId, used.Before, used.Address, undo), null);
    }

    /// <summary>
    /// Brings back the address that the link was mailed to. Every session ends, every link and code, and the ways in that were made since.
    /// </summary>
    /// <returns>Null when the link is over, the account is closed, or the address is somebody else's by now.</returns>
    public async Task<EmailChange?> UndoAsync(DbTransaction transaction, StorefrontKey where, LinkToken token, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(token);
        if (await UseAsync(transaction, where, EmailChangeSql.Undo, OneTimePurpose.UndoEmail, token, default, cancel) is not { } used) return null;
        await SetAsync(transaction, where, EmailChangeSql.SetBack, used, undo: true, cancel);
        await sessions.EndAllAsync(transaction, where, used.AccountId, "email change undone", cancel);
        await transaction.Command(EmailChangeSql.RevokeLaterUndos, ("organization", where.OrganizationId), ("account", used.AccountId),
            ("since", used.LinkedAt), ("now", clock.GetUtcNow())).ExecuteAsync(cancel);
        return new EmailChange(used.AccountId, used.Before, used.Address, null);
    }

    /// <summary>
    /// Sets the address by hand of staff, for a customer whose old mailbox is lost or was mistyped. Every session ends, every link and code, and
    /// a change that waits. The account stays what it was, so that the old mailbox can undo it at once. Tell both mailboxes in the same
    /// transaction (ASVS 5, 6.3.7).
    /// </summary>
    /// <param name="transaction">Holds the change and all that follows from it.</param>
    /// <param name="where">The storefront.</param>
    /// <param name="accountId">The account; it may be disabled.</param>
    /// <param name="address">The new address. Nobody has proven it.</param>
    /// <param name="cancel">Cancels the database work.</param>
    /// <returns>
    /// With a link that undoes it when the old mailbox was proven. Null when there is no such account here, it was merged, or the address is
    /// another account's.
    /// </returns>
    public async Task<EmailChange?> ReplaceAsync(
        DbTransaction transaction, StorefrontKey where, Guid accountId, EmailAddress address, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(address);
        (string, object?)[] values = [.. At(where, accountId), ("email", address.Value), ("nobody", Nobody()), ("undo", false)];
        var before = await transaction.Command(EmailChangeSql.Lock, values)
            .FirstAsync(r => new { Email = EmailAddress.Of(r.GetString(0)), IsProven = r.GetString(1) == "proven" }, cancel);
        if (before is null) return null;
        await transaction.Command(EmailChangeSql.GiveWay, values).ExecuteAsync(cancel);
        if (await transaction.Command(EmailChangeSql.Replace, values).ExecuteAsync(cancel) == 0) return null;
        await sessions.EndAllAsync(transaction, where, accountId, "email changed by staff", cancel);
        var undo = before.IsProven ? await links.IssueAsync(transaction, where, OneTimePurpose.UndoEmail, accountId, before.Email, UndoneWithin, cancel) : null;
        return new EmailChange(accountId, before.Email, address, undo);
    }

    private async Task<EmailConfirmed> RefusedAsync(DbTransaction transaction, StorefrontKey where, LinkToken token, Guid accountId, CancellationToken cancel)
    {
        var pending = await FindAsync(transaction.Command(EmailChangeSql.Pending, At(where, accountId)), cancel);
        if (pending is null || links.Token(OneTimePurpose.ChangeEmail, pending.Id).Value != token.Value) return new EmailConfirmed(null, null);
        await links.RevokeAsync(transaction, where, accountId, OneTimePurpose.ChangeEmail, cancel);
        return new EmailConfirmed(null, pending);
    }

    private Task<UsedLink?> UseAsync(
        DbTransaction transaction, StorefrontKey where, string sql, OneTimePurpose purpose, LinkToken token, Guid accountId, CancellationToken cancel) =>
        transaction.Command(sql, [.. At(where, accountId), ("purpose", purpose.ToString()), ("hash", token.Hash())]).FirstAsync(
            r => new UsedLink(r.GetGuid(0), EmailAddress.Of(r.GetString(1)), r.Time(2), EmailAddress.Of(r.GetString(3))), cancel);

    private static async Task SetAsync(DbTransaction transaction, StorefrontKey where, string sql, UsedLink used, bool undo, CancellationToken cancel)
    {
        (string, object?)[] values =
        [
            ("organization", where.OrganizationId), ("storefront", where.StorefrontId), ("account", used.AccountId), ("email", used.Address.Value),
        ];
        await transaction.Command(EmailChangeSql.GiveWay, [.. values, ("nobody", Nobody()), ("undo", undo)]).ExecuteAsync(cancel);
        await transaction.Command(sql, [.. values, ("since", used.LinkedAt)]).ExecuteAsync(cancel);
    }

    /// <summary>An address that is nobody's, for an account that must give up its own.</summary>
    internal static string Nobody() => $"{Guid.NewGuid():n}@nobody.invalid";

    private static Task<OneTimeLink?> FindAsync(DbCommand command, CancellationToken cancel) =>
        command.FirstAsync(r => OneTimeLink.Read(r, OneTimePurpose.ChangeEmail, default), cancel);

    private (string, object?)[] At(StorefrontKey where, Guid accountId) =>
        [("organization", where.OrganizationId), ("storefront", where.StorefrontId), ("account", accountId), ("now", clock.GetUtcNow())];

    private IEnumerable<Charge> Charges(StorefrontKey where, SignInLimits limits, Guid accountId, EmailAddress address)
    {
        yield return new(where, "change", accountId.ToString(), limits.Address);
        yield return Charge.Installation("mailbox", key.Fingerprint(address.Mailbox()), limits.Mailbox);
    }

    private sealed record UsedLink(Guid AccountId, EmailAddress Address, DateTimeOffset LinkedAt, EmailAddress Before);
}

/// <summary>The answer to a wish to change the address.</summary>
/// <param name="Link">The link to be mailed to the new address; null when a limit was reached.</param>
/// <param name="AgainAt">When to try again after a limit was reached.</param>
public sealed record EmailChangeAsked(OneTimeLink? Link, DateTimeOffset AgainAt);

/// <summary>The answer to a confirmation. With neither, the link was over, or another account's.</summary>
/// <param name="Change">The change that was made.</param>
/// <param name="Taken">The link that could not be used because its address is somebody's by now. It has ended.</param>
public sealed record EmailConfirmed(EmailChange? Change, OneTimeLink? Taken);

/// <summary>A change that was made.</summary>
/// <param name="AccountId">Whose.</param>
/// <param name="Before">The address until now.</param>
/// <param name="After">The address from now on.</param>
/// <param name="Undo">The link to be mailed to the address before; none after an undo.</param>
public sealed record EmailChange(Guid AccountId, EmailAddress Before, EmailAddress After, OneTimeLink? Undo);

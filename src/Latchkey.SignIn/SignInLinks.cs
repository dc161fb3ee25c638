using System.Data.Common;
using System.Security.Cryptography;

namespace Latchkey.SignIn;

/// <summary>Links: looked at any number of times, redeemed at most once.</summary>
/// <param name="key">The installation's secret.</param>
/// <param name="clock">The one clock.</param>
public sealed class SignInLinks(SignInKey key, TimeProvider clock)
{
    /// <summary>How long the browser that won may post again and get the same session.</summary>
    public static readonly TimeSpan AgainWithin = TimeSpan.FromSeconds(60);

    private readonly Redemption redemption = new(key);

    /// <summary>What a link is worth now. Changes nothing, so scanners may look as often as they like.</summary>
    /// <returns>Null when this storefront has no such link.</returns>
    public async Task<SeenLink?> LookAsync(DbConnection connection, StorefrontKey where, LinkToken token, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(token);
        var now = clock.GetUtcNow();
        return await Find(connection, where, token).FirstAsync(r => SeenLink.Read(r, now), cancel);
    }

    /// <summary>Notes that links were looked at: evidence, never a condition. A redeem notes its own look.</summary>
    public Task OpenedAsync(DbTransaction transaction, IEnumerable<LinkOpening> openings, CancellationToken cancel = default)
    {
        var now = clock.GetUtcNow();
        return transaction.ExecuteManyAsync(SignInSql.Opened, [.. openings.Select(o => new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["organization"] = o.Where.OrganizationId,
            ["storefront"] = o.Where.StorefrontId,
            ["hash"] = o.Token.Hash(),
            ["times"] = o.Times,
            ["now"] = now,
        })], cancel);
    }

    /// <summary>
    /// Signs in by link: at most once for all mails and the code of its request, whatever the concurrency (ASVS 5, 6.5.1).
    /// The first proof of the mailbox makes the account proven, and every other open request of the account ends.
    /// </summary>
    /// <param name="transaction">Holds the redemption and the session together.</param>
    /// <param name="where">The storefront on which the link was opened: another one's links do not exist here.</param>
    /// <param name="policy">Its policy.</param>
    /// <param name="token">The link.</param>
    /// <param name="visitor">Who opened it.</param>
    /// <param name="cancel">Cancels the database work.</param>
    public async Task<RedeemAnswer> RedeemAsync(
        DbTransaction transaction, StorefrontKey where, SignInPolicy policy, LinkToken token, Visitor visitor, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(visitor);
        var now = clock.GetUtcNow();
        if (await redemption.ByLinkAsync(transaction, where, policy, token, visitor, now, cancel) is { } session)
            return new RedeemAnswer(LinkStatus.Ready, session);

        // Lost the race, or came late: read what there is.
        if (await Find(transaction, where, token).FirstAsync(r => SeenLink.Read(r, now), cancel) is not { } link)
            return new RedeemAnswer(LinkStatus.Unknown, null);
        bool again = link.Status == LinkStatus.AlreadyUsed && link.SessionIsLive && now - link.RedeemedAt < AgainWithin
            && CryptographicOperations.FixedTimeEquals(link.RedeemedBrowserHash, visitor.Browser.Hash());
        return again
            ? new RedeemAnswer(LinkStatus.Ready, redemption.Again(link.SessionId, link.AccountId!.Value, visitor, policy, link.RedeemedAt))
            : new RedeemAnswer(link.Status == LinkStatus.Ready ? LinkStatus.Revoked : link.Status, null);
    }

    private static DbCommand Find(DbConnection connection, StorefrontKey where, LinkToken token) => connection.Command(SignInSql.FindLink,
        ("organization", where.OrganizationId), ("storefront", where.StorefrontId), ("hash", token.Hash()));

    private static DbCommand Find(DbTransaction transaction, StorefrontKey where, LinkToken token)
    {
        var command = Find(transaction.Connection!, where, token);
        command.Transaction = transaction;
        return command;
    }
}

/// <summary>The answer to a redeem.</summary>
/// <param name="Status">Ready when the browser is signed in; else why not.</param>
/// <param name="Session">The session when it is: a new one, or the same again.</param>
public sealed record RedeemAnswer(LinkStatus Status, StartedSession? Session);

/// <summary>A link that was looked at without being redeemed.</summary>
/// <param name="Where">The storefront it was opened on.</param>
/// <param name="Token">The link.</param>
/// <param name="Times">How often.</param>
public sealed record LinkOpening(StorefrontKey Where, LinkToken Token, int Times);

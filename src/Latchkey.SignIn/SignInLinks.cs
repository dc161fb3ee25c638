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
            ["by"] = o.By.ToString(),
            ["turnedAway"] = o.TurnedAway?.As.ToString(),
            ["turnedAwayAt"] = o.TurnedAway?.At,
            ["now"] = now,
        })], cancel);
    }

    /// <summary>The most numbers that may be typed for one request.</summary>
    public const int MostNumbers = 3;

    /// <summary>
    /// Counts one try at the number that the waiting page shows, before it is compared. Commit this before <see cref="RedeemAsync"/>.
    /// </summary>
    /// <param name="transaction">Commit it whatever comes back.</param>
    /// <param name="where">The storefront.</param>
    /// <param name="token">The link.</param>
    /// <param name="typed">What was typed.</param>
    /// <param name="cancel">Cancels the database work.</param>
    /// <returns>Null when there is no such link, or no try left.</returns>
    public Task<NumberTry?> CountNumberAsync(DbTransaction transaction, StorefrontKey where, LinkToken token, string typed, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(typed);
        return transaction.Command(SignInSql.CountNumber, ("organization", where.OrganizationId), ("storefront", where.StorefrontId), ("hash", token.Hash()), ("most", MostNumbers))
            .FirstAsync(r => new NumberTry(r.GetGuid(0), MostNumbers - r.GetInt32(1), typed.Trim() == key.Number(r.GetGuid(0))), cancel);
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
    /// <param name="number">The counted try at the number, where the policy asks another browser for it.</param>
    /// <param name="cancel">Cancels the database work.</param>
    public async Task<RedeemAnswer> RedeemAsync(
        DbTransaction transaction, StorefrontKey where, SignInPolicy policy, LinkToken token, Visitor visitor, NumberTry? number = null,
        CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(visitor);
        var now = clock.GetUtcNow();
        if (await redemption.ByLinkAsync(transaction, where, policy, token, visitor, number, now, cancel) is { } session)
            return new RedeemAnswer(LinkStatus.Ready, session);

        // Lost the race, or came late: read what there is.
        if (await Find(transaction, where, token).FirstAsync(r => SeenLink.Read(r, now), cancel) is not { } link)
            return new RedeemAnswer(LinkStatus.Unknown, null);
        bool again = link.Status == LinkStatus.AlreadyUsed && link.SessionIsLive && now - link.RedeemedAt < AgainWithin
            && CryptographicOperations.FixedTimeEquals(link.RedeemedBrowserHash, visitor.Browser.Hash());
        return again
            ? new RedeemAnswer(LinkStatus.Ready, redemption.Again(link, visitor, policy))
            : new RedeemAnswer(link.StatusFor(policy, visitor.Browser, visitor.Ip) is var status && status == LinkStatus.Ready ? LinkStatus.Revoked : status, null);
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

/// <summary>One counted try at the number of the waiting page.</summary>
/// <param name="RequestId">The request.</param>
/// <param name="TriesLeft">Tries left; at 0 the link signs in only where it was asked for.</param>
/// <param name="IsRight">Whether it was the number.</param>
public sealed record NumberTry(Guid RequestId, int TriesLeft, bool IsRight);

/// <summary>The answer to a redeem.</summary>
/// <param name="Status">Ready when the browser is signed in; else why not.</param>
/// <param name="Session">The session when it is: a new one, or the same again.</param>
public sealed record RedeemAnswer(LinkStatus Status, StartedSession? Session);

/// <summary>A link that was looked at without being redeemed.</summary>
/// <param name="Where">The storefront it was opened on.</param>
/// <param name="Token">The link.</param>
/// <param name="By">What looked.</param>
/// <param name="Times">How often.</param>
/// <param name="TurnedAway">What a browser was told that was not let in; null when it may go on, and for programs.</param>
public sealed record LinkOpening(StorefrontKey Where, LinkToken Token, Opener By, int Times, TurnedAway? TurnedAway = null);

/// <summary>A browser that the page behind a link did not let in.</summary>
/// <param name="As">What the page said.</param>
/// <param name="At">When.</param>
public sealed record TurnedAway(LinkStatus As, DateTimeOffset At);

/// <summary>What looked at a link.</summary>
public enum Opener
{
    /// <summary>The browser that asked.</summary>
    Asker,
    /// <summary>Another browser: the person's phone, or a scanner that passes for one.</summary>
    OtherBrowser,
    /// <summary>What does not say that it is a browser: a mail scanner, a preview.</summary>
    Program,
}

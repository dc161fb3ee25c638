using System.Data.Common;

namespace Latchkey.SignIn;

/// <summary>
/// Sessions are rows: opaque to the browser, hashed at rest, looked up on each request, so that ending one holds at once and
/// on every node (ASVS 5, 7.2 and 7.4).
/// </summary>
/// <param name="key">The installation's secret.</param>
/// <param name="clock">The one clock.</param>
public sealed class Sessions(SignInKey key, TimeProvider clock)
{
    /// <summary>Use moves the end of a sliding session at most this often, so that most requests write nothing.</summary>
    public static readonly TimeSpan RenewedEvery = TimeSpan.FromDays(1);

    /// <summary>Sessions that an account may have at once; one more ends the oldest (ASVS 5, 7.1.2).</summary>
    public const int Most = 20;

    /// <summary>The live session of a cookie.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="where">The storefront: another one's sessions do not exist here.</param>
    /// <param name="token">The cookie's value; it may be anything.</param>
    /// <param name="cancel">Cancels the database work.</param>
    /// <returns>Null when it ended, was ended, or never was; also when the account is closed.</returns>
    public async Task<LiveSession?> FindAsync(DbConnection connection, StorefrontKey where, string token, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(token);
        if (!Base32.IsOf(token)) return null;
        return await connection.Command(SessionSql.Find,
            ("organization", where.OrganizationId), ("storefront", where.StorefrontId), ("hash", SignInKey.Hash(token)), ("now", clock.GetUtcNow()))
            .FirstAsync(LiveSession.Read, cancel);
    }

    /// <summary>
    /// Signs in to an account whose holder was just recognised by something else than a mail: a passkey, a password. Links and codes
    /// on their way to the account end.
    /// </summary>
    /// <param name="transaction">The caller's transaction.</param>
    /// <param name="where">The storefront.</param>
    /// <param name="policy">Its policy.</param>
    /// <param name="accountId">The account.</param>
    /// <param name="means">By what: passkey, password.</param>
    /// <param name="visitor">Who stands at the door.</param>
    /// <param name="cancel">Cancels the database work.</param>
    /// <returns>Null when the account is not proven, closed, or not of this storefront.</returns>
    public async Task<StartedSession?> StartAsync(
        DbTransaction transaction, StorefrontKey where, SignInPolicy policy, Guid accountId, string means, Visitor visitor, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(visitor);
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        string token = key.SessionToken(id, visitor.Browser);
        var hardEndAt = now + policy.SessionHardLifetime;
        var started = await transaction.Command(SessionSql.Start,
            ("organization", where.OrganizationId), ("storefront", where.StorefrontId), ("account", accountId), ("means", means), ("session", id),
            ("token", SignInKey.Hash(token)), ("now", now), ("ends", now + policy.SessionLifetime), ("hardEnd", hardEndAt),
            ("ip", visitor.Ip), ("device", visitor.Device), ("most", Most)).FirstOfManyAsync(r => new { AccountId = r.GetGuid(0) }, cancel);
        return started is null ? null : new StartedSession(id, accountId, token, policy.SessionLifetime, hardEndAt, means);
    }

    /// <summary>Within this time after a sign-in, a request without the cookie means that the browser did not keep it.</summary>
    public static readonly TimeSpan NewFor = TimeSpan.FromMinutes(2);

    /// <summary>Why a session ended that <see cref="EndLostAsync"/> ended.</summary>
    public const string CookieLost = "cookie not kept";

    /// <summary>How the session of a cookie ended that <see cref="FindAsync"/> does not know any more.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="where">The storefront.</param>
    /// <param name="token">The cookie's value; it may be anything.</param>
    /// <param name="cancel">Cancels the database work.</param>
    /// <returns>Null when there never was such a session here.</returns>
    public static async Task<SessionEnd?> FindEndAsync(DbConnection connection, StorefrontKey where, string token, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(token);
        if (!Base32.IsOf(token)) return null;
        return await connection.Command(SessionSql.FindEnded, ("organization", where.OrganizationId), ("storefront", where.StorefrontId), ("hash", SignInKey.Hash(token)))
            .FirstAsync(r => new SessionEnd(r.GetGuid(0), !r.IsDBNull(1)), cancel);
    }

    /// <summary>Whether a session began a moment ago and its cookie has not come back.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="where">The storefront.</param>
    /// <param name="sessionId">The session.</param>
    /// <param name="cancel">Cancels the database work.</param>
    public async Task<bool> IsCookieMissingAsync(DbConnection connection, StorefrontKey where, Guid sessionId, CancellationToken cancel = default) =>
        await connection.Command(SessionSql.FindNew, ("organization", where.OrganizationId), ("storefront", where.StorefrontId), ("id", sessionId),
            ("since", clock.GetUtcNow() - NewFor), ("lost", CookieLost)).FirstAsync(r => new { Id = r.GetGuid(0) }, cancel) is not null;

    /// <summary>Notes that cookies came back: evidence, never a condition.</summary>
    public Task KeptAsync(DbTransaction transaction, IEnumerable<(StorefrontKey Where, Guid SessionId)> kept, CancellationToken cancel = default)
    {
        var now = clock.GetUtcNow();
        return transaction.ExecuteManyAsync(SessionSql.Kept, [.. kept.Select(k => new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["organization"] = k.Where.OrganizationId,
            ["storefront"] = k.Where.StorefrontId,
            ["id"] = k.SessionId,
            ["now"] = now,
        })], cancel);
    }

    /// <summary>Ends a session that began a moment ago and whose cookie the browser did not keep.</summary>
    /// <param name="transaction">The caller's transaction.</param>
    /// <param name="where">The storefront.</param>
    /// <param name="sessionId">The session.</param>
    /// <param name="cancel">Cancels the database work.</param>
    /// <returns>Whose it was; null when it is not new, its cookie came back, or it ended before.</returns>
    public async Task<Guid?> EndLostAsync(DbTransaction transaction, StorefrontKey where, Guid sessionId, CancellationToken cancel = default)
    {
        var now = clock.GetUtcNow();
        return (await transaction.Command(SessionSql.Lost, ("organization", where.OrganizationId), ("storefront", where.StorefrontId), ("id", sessionId),
            ("now", now), ("since", now - NewFor), ("lost", CookieLost)).FirstAsync(r => new { Account = r.GetGuid(0) }, cancel))?.Account;
    }

    /// <summary>The sessions of an account that are valid now, the one used last first.</summary>
    public async Task<IReadOnlyList<ListedSession>> ListAsync(DbConnection connection, StorefrontKey where, Guid accountId, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return await connection.Command(SessionSql.List, ("organization", where.OrganizationId), ("storefront", where.StorefrontId), ("account", accountId),
            ("now", clock.GetUtcNow())).ListAsync(ListedSession.Read, cancel);
    }

    /// <summary>Moves the end of a sliding session forward, never past its absolute end.</summary>
    /// <returns>Whether the end moved: then the cookie is to be renewed too.</returns>
    public async Task<bool> RenewAsync(DbTransaction transaction, StorefrontKey where, SignInPolicy policy, Guid sessionId, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var now = clock.GetUtcNow();
        return await transaction.Command(SessionSql.Renew, ("organization", where.OrganizationId), ("storefront", where.StorefrontId), ("id", sessionId), ("now", now),
            ("before", now - RenewedEvery), ("ends", now + policy.SessionLifetime)).ExecuteAsync(cancel) == 1;
    }

    /// <summary>Whether use of a session should renew it now.</summary>
    public bool IsDueForRenewal(LiveSession session, SignInPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(policy);
        return policy.SessionSlides && clock.GetUtcNow() - session.RenewedAt >= RenewedEvery;
    }

    /// <summary>Ends one session.</summary>
    /// <param name="transaction">The caller's transaction.</param>
    /// <param name="where">The storefront.</param>
    /// <param name="sessionId">The session.</param>
    /// <param name="reason">Why, for the record: signed out, revoked by staff.</param>
    /// <param name="cancel">Cancels the database work.</param>
    public Task<int> EndAsync(DbTransaction transaction, StorefrontKey where, Guid sessionId, string reason, CancellationToken cancel = default) =>
        transaction.Command(SessionSql.End, ("organization", where.OrganizationId), ("storefront", where.StorefrontId), ("id", sessionId),
            ("now", clock.GetUtcNow()), ("reason", reason)).ExecuteAsync(cancel);

    /// <summary>Ends one session of an account, and no other's.</summary>
    /// <returns>1, or 0 when it is over or not the account's.</returns>
    public Task<int> EndOwnAsync(
        DbTransaction transaction, StorefrontKey where, Guid accountId, Guid sessionId, string reason, CancellationToken cancel = default) =>
        transaction.Command(SessionSql.EndOwn, ("organization", where.OrganizationId), ("storefront", where.StorefrontId), ("account", accountId),
            ("id", sessionId), ("now", clock.GetUtcNow()), ("reason", reason)).ExecuteAsync(cancel);

    /// <summary>Ends every session of an account but one, and every link and code on its way to it.</summary>
    /// <returns>How many sessions, requests and links ended.</returns>
    public Task<int> EndOthersAsync(
        DbTransaction transaction, StorefrontKey where, Guid accountId, Guid keep, string reason, CancellationToken cancel = default) =>
        transaction.Command(SessionSql.EndOthers, ("organization", where.OrganizationId), ("account", accountId), ("keep", keep),
            ("now", clock.GetUtcNow()), ("reason", reason)).ExecuteAsync(cancel);

    /// <summary>Ends every session of an account, and every link and code on its way to it.</summary>
    /// <returns>How many sessions and requests ended.</returns>
    public Task<int> EndAllAsync(DbTransaction transaction, StorefrontKey where, Guid accountId, string reason, CancellationToken cancel = default) =>
        transaction.Command(SessionSql.EndAll, ("organization", where.OrganizationId), ("account", accountId), ("now", clock.GetUtcNow()), ("reason", reason))
            .ExecuteAsync(cancel);
}

/// <summary>A session that is over.</summary>
/// <param name="SessionId">Its row.</param>
/// <param name="WasEnded">Whether somebody ended it; else its time was over.</param>
public sealed record SessionEnd(Guid SessionId, bool WasEnded);

/// <summary>A session that is valid now.</summary>
/// <param name="Id">Its row.</param>
/// <param name="AccountId">Whose it is.</param>
/// <param name="Email">The account's address.</param>
/// <param name="Locale">The account's language, when it chose one.</param>
/// <param name="StartedAt">When the person proved the mailbox.</param>
/// <param name="RenewedAt">When its end was last moved.</param>
/// <param name="Means">What opened it: link, code, passkey, password, staff link.</param>
public sealed record LiveSession(Guid Id, Guid AccountId, string Email, string? Locale, DateTimeOffset StartedAt, DateTimeOffset RenewedAt, string Means)
{
    /// <summary>For how long after a sign-in its session may change what the account is known by (ASVS 5, 7.5.1).</summary>
    public static readonly TimeSpan FreshFor = TimeSpan.FromMinutes(15);

    /// <summary>Whether staff opened it with a link they copied: whoever uses it has not proven the mailbox.</summary>
    public bool IsByStaff => Means == Redemption.ByStaffLink;

    /// <summary>Whether the customer signed in so recently that sensitive changes may be made.</summary>
    /// <param name="now">The one clock's time.</param>
    public bool IsFresh(DateTimeOffset now) => !IsByStaff && now - StartedAt < FreshFor;

    internal static LiveSession Read(DbDataReader r) =>
        new(r.GetGuid(0), r.GetGuid(1), r.GetString(2), r.TextOrNull(3), r.Time(4), r.Time(5), r.GetString(6));
}

/// <summary>A session as its account's holder sees it in a list.</summary>
/// <param name="Id">Its row.</param>
/// <param name="Means">What opened it: link, code, passkey, password, staff link.</param>
/// <param name="Device">Kind of device, such as <c>Firefox on Windows</c>.</param>
/// <param name="StartedAt">When it was opened.</param>
/// <param name="RenewedAt">When its end was last moved by use, at most once a day.</param>
public sealed record ListedSession(Guid Id, string Means, string? Device, DateTimeOffset StartedAt, DateTimeOffset RenewedAt)
{
    /// <summary>Whether staff opened it with a link they copied.</summary>
    public bool IsByStaff => Means == Redemption.ByStaffLink;

    internal static ListedSession Read(DbDataReader r) => new(r.GetGuid(0), r.GetString(1), r.TextOrNull(2), r.Time(3), r.Time(4));
}

using System.Data.Common;

namespace Latchkey.SignIn;

/// <summary>
/// Requests for a link: asked, resolved, mailed. Every method works inside the caller's transaction and talks to nothing else.
/// </summary>
/// <param name="key">The installation's secret.</param>
/// <param name="clock">The one clock; on several nodes it must be the database's.</param>
public sealed class SignInRequests(SignInKey key, TimeProvider clock)
{
    /// <summary>
    /// Stores a request without looking the address up, so that the answer cannot depend on whether it is known
    /// (ASVS 5, 6.3.8). Asking again in the same browser, less than a link's lifetime after the last time, adds a mail to the request.
    /// </summary>
    /// <param name="transaction">Commit it whatever the outcome: refusals count too.</param>
    /// <param name="where">The storefront asked.</param>
    /// <param name="policy">Its policy.</param>
    /// <param name="ask">What was asked.</param>
    /// <param name="cancel">Cancels the database work.</param>
    public async Task<AskAnswer> AskAsync(DbTransaction transaction, StorefrontKey where, SignInPolicy policy, Ask ask, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(ask);
        var now = clock.GetUtcNow();
        string name = key.Fingerprint(ask.Name.Value);
        if (ask.BrowserIsKnown && await JustSentAsync(transaction, where, policy, ask, name, now, cancel) is { } sent) return sent;

        if (await Throttles.ChargeAsync(transaction, now, Charges(where, policy.Limits, ask, name), cancel) is { } until)
            return new AskAnswer(AskOutcome.Limited, Guid.Empty, until);

        string sql = ask.BrowserIsKnown ? $"{SignInSql.CloseOld};{SignInSql.Ask}" : SignInSql.Ask;
        var stored = await transaction.Command(sql,
            ("organization", where.OrganizationId), ("storefront", where.StorefrontId), ("id", Guid.CreateVersion7(now)),
            ("name", name), ("sealed", TypedName.Seal(key, ask.Name, ask.Shown)), ("browser", ask.Browser.Hash()),
            ("ip", ask.Ip), ("device", ask.Device), ("locale", ask.Locale), ("account", ask.AccountId), ("returnTo", ask.ReturnTo?.Value),
            ("madeBy", ask.Staff is null ? "customer" : "staff"), ("staff", ask.Staff), ("closed", ask.IsAside ? now : null), ("now", now), ("end", now + policy.RequestLifetime),
            ("cooled", now - policy.ResendAfter), ("old", now - policy.LinkLifetime)).FirstAsync(r => new { Id = r.GetGuid(0), LastAskedAt = r.Time(1) }, cancel);
        // Two posts at once: the statement let one of them in, and this one joined it.
        var outcome = stored!.LastAskedAt == now ? AskOutcome.Accepted : AskOutcome.AlreadySent;
        return new AskAnswer(outcome, stored.Id, stored.LastAskedAt + policy.ResendAfter);
    }

    /// <summary>
    /// Takes requests that wait, finds their accounts, and makes the link of the next mail of each. Requests for unknown or
    /// closed accounts come back without a link: nothing is to be mailed for them.
    /// </summary>
    /// <param name="transaction">The mails must be stored in this same transaction.</param>
    /// <param name="most">How many to take at once.</param>
    /// <param name="cancel">Cancels the database work.</param>
    public async Task<IReadOnlyList<ResolvedRequest>> ResolveAsync(DbTransaction transaction, int most, CancellationToken cancel = default)
    {
        var now = clock.GetUtcNow();
        var due = await transaction.Command(SignInSql.Due, ("now", now), ("most", most)).ListAsync(r => DueRequest.Read(r, key), cancel);
        ResolvedRequest[] resolved =
        [
            .. await ResolveAsync(transaction, SignInSql.ResolveByPhone, "phone", due.FindAll(r => r.Name?.Phone is not null), now, cancel),
            .. await ResolveAsync(transaction, SignInSql.ResolveByEmail, "email", due.FindAll(r => r.Name?.Phone is null), now, cancel),
        ];
        await transaction.ExecuteManyAsync(SignInSql.AddLink, [.. resolved.Where(r => r.IsMailed).Select(r => new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["organization"] = r.Where.OrganizationId,
            ["hash"] = key.LinkToken(r.Id, r.Mails).Hash(),
            ["request"] = r.Id,
            ["number"] = r.Mails,
            ["now"] = now,
        })], cancel);
        return resolved;
    }

    /// <summary>Notes that mails of these requests were handed to the mail server: the life of their links and codes counts from now.</summary>
    public Task HandedOverAsync(
        DbTransaction transaction, StorefrontKey where, IEnumerable<Guid> requestIds, SignInPolicy policy, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var now = clock.GetUtcNow();
        return transaction.ExecuteManyAsync(SignInSql.HandedOver, [.. requestIds.Select(id => new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["organization"] = where.OrganizationId,
            ["id"] = id,
            ["now"] = now,
            ["expires"] = now + policy.LinkLifetime,
        })], cancel);
    }

    /// <summary>The request as the waiting page shows it, to the browser that asked and to nobody else.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="where">The storefront.</param>
    /// <param name="requestId">The request, or null for the browser's newest.</param>
    /// <param name="browser">The browser that asked.</param>
    /// <param name="cancel">Cancels the database work.</param>
    /// <returns>Null when there is none, another browser made it, or it is over.</returns>
    public Task<WaitingRequest?> FindAsync(
        DbConnection connection, StorefrontKey where, Guid? requestId, BrowserSecret browser, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(browser);
        return connection.Command(requestId is null ? SignInSql.NewestWaiting : SignInSql.FindWaiting,
            ("organization", where.OrganizationId), ("storefront", where.StorefrontId), ("id", requestId ?? Guid.Empty), ("browser", browser.Hash()))
            .FirstAsync(r => WaitingRequest.Read(r, key), cancel);
    }

    /// <summary>Another request that the same browser made, the newest: perhaps the code that was typed is that one's.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="where">The storefront.</param>
    /// <param name="requestId">The request at hand.</param>
    /// <param name="browser">The browser that asked.</param>
    /// <param name="cancel">Cancels the database work.</param>
    public Task<WaitingRequest?> FindOtherAsync(DbConnection connection, StorefrontKey where, Guid requestId, BrowserSecret browser, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(browser);
        return connection.Command(SignInSql.NewestWaiting, ("organization", where.OrganizationId), ("storefront", where.StorefrontId), ("id", requestId), ("browser", browser.Hash()))
            .FirstAsync(r => WaitingRequest.Read(r, key), cancel);
    }

    /// <summary>What was typed: for staff who were given the help code of the attempt.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="organization">The organization: another one's requests do not exist here.</param>
    /// <param name="requestId">The request.</param>
    /// <param name="cancel">Cancels the database work.</param>
    /// <returns>Null when there is none, or the installation's key has changed since.</returns>
    public Task<SignInName?> NameAsync(DbConnection connection, Guid organization, Guid requestId, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return connection.Command(SignInSql.NameOf, ("organization", organization), ("id", requestId))
            .FirstAsync(r => TypedName.Unseal(key, r.GetFieldValue<byte[]>(0))?.Name, cancel);
    }

    private static Task<List<ResolvedRequest>> ResolveAsync(
        DbTransaction transaction, string sql, string by, List<DueRequest> due, DateTimeOffset now, CancellationToken cancel)
    {
        var byId = due.ToDictionary(r => r.Id);
        return transaction.QueryManyAsync(sql, [.. due.Select(r => new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["organization"] = r.Where.OrganizationId,
            ["storefront"] = r.Where.StorefrontId,
            ["id"] = r.Id,
            [by] = r.Name?.Value,
            ["now"] = now,
        })], r => ResolvedRequest.Read(r, byId[r.GetGuid(0)]), cancel);
    }

    private static async Task<AskAnswer?> JustSentAsync(
        DbTransaction transaction, StorefrontKey where, SignInPolicy policy, Ask ask, string name, DateTimeOffset now, CancellationToken cancel) =>
        await transaction.Command(SignInSql.JustSent,
            ("organization", where.OrganizationId), ("storefront", where.StorefrontId), ("browser", ask.Browser.Hash()),
            ("name", name), ("now", now), ("cooled", now - policy.ResendAfter))
            .FirstAsync(r => new AskAnswer(AskOutcome.AlreadySent, r.GetGuid(0), r.Time(1) + policy.ResendAfter), cancel);

    /// <summary>In a fixed order, so that concurrent requests lock the buckets in the same order.</summary>
    private IEnumerable<Charge> Charges(StorefrontKey where, SignInLimits limits, Ask ask, string name)
    {
        yield return new(where, "address", name, limits.Address);
        yield return new(where, "day", name, limits.AddressDay);
        if (ask.BrowserIsKnown) yield return new(where, "browser", Convert.ToHexStringLower(ask.Browser.Hash()), limits.Browser);
        if (ask.Ip is not null) yield return new(where, "ip", ask.Ip, limits.Ip);
        yield return Charge.Installation("mailbox", key.Fingerprint(ask.Name.Mailbox()), limits.Mailbox);
        yield return new(where, "storefront", "", limits.Storefront);
    }
}

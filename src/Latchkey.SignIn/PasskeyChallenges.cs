using System.Data.Common;

namespace Latchkey.SignIn;

/// <summary>
/// The challenges that passkeys sign. Each is a row: it works once, for five minutes, in the browser it was given to, on its storefront,
/// and for what it was given for, on whichever node the answer arrives (WebAuthn Level 3, 13.4.3; ASVS 5, 6.7.2).
/// </summary>
/// <param name="clock">The one clock.</param>
public sealed class PasskeyChallenges(TimeProvider clock)
{
    /// <summary>For how long a challenge can be answered.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private const string Issue = """
        insert into passkey_challenge (organization_id, id, storefront_id, account_id, browser_hash, state, expires_at)
        values (@organization, @id, @storefront, @account, @browser, @state, @expires)
        """;

    private const string Take = """
        delete from passkey_challenge
        where organization_id = @organization and id = @id and storefront_id = @storefront and account_id = @account and browser_hash = @browser
          and expires_at > @now
        returning state
        """;

    /// <summary>Keeps a challenge until it is answered, unless too many were asked for. Without one no answer is looked at, so this limits answers too.</summary>
    /// <param name="transaction">The caller's transaction.</param>
    /// <param name="where">The storefront.</param>
    /// <param name="policy">Its policy: the limit for each IP.</param>
    /// <param name="visitor">The browser it is for.</param>
    /// <param name="accountId">The signed-in account that adds a passkey; null when somebody signs in.</param>
    /// <param name="state">What the host needs to check the answer.</param>
    /// <param name="cancel">Cancels the database work.</param>
    public async Task<IssuedChallenge> IssueAsync(
        DbTransaction transaction, StorefrontKey where, SignInPolicy policy, Visitor visitor, Guid? accountId, string state, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(visitor);
        var now = clock.GetUtcNow();
        if (visitor.Ip is { } ip && await Throttles.ChargeAsync(transaction, now, [new(where, "passkey", ip, policy.Limits.Passkey)], cancel) is { } until)
            return new IssuedChallenge(Guid.Empty, until);

        var id = Guid.CreateVersion7(now);
        await transaction.Command(Issue, ("organization", where.OrganizationId), ("id", id), ("storefront", where.StorefrontId),
            ("account", accountId ?? Guid.Empty), ("browser", visitor.Browser.Hash()), ("state", state), ("expires", now + Lifetime)).ExecuteAsync(cancel);
        return new IssuedChallenge(id, null);
    }

    /// <summary>Takes a challenge out, whatever the answer to it is worth. Commit this before the answer is checked.</summary>
    /// <param name="transaction">Commit it whatever comes back.</param>
    /// <param name="where">The storefront.</param>
    /// <param name="challengeId">The challenge that was answered.</param>
    /// <param name="browser">The browser that answers.</param>
    /// <param name="accountId">The signed-in account that adds a passkey; null when somebody signs in.</param>
    /// <param name="cancel">Cancels the database work.</param>
    /// <returns>What was kept with it; null when it was taken before, is too old, or was given to another browser or for something else.</returns>
    public async Task<string?> TakeAsync(
        DbTransaction transaction, StorefrontKey where, Guid challengeId, BrowserSecret browser, Guid? accountId, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(browser);
        return await transaction.Command(Take, ("organization", where.OrganizationId), ("id", challengeId), ("storefront", where.StorefrontId),
            ("account", accountId ?? Guid.Empty), ("browser", browser.Hash()), ("now", clock.GetUtcNow())).FirstAsync(r => r.GetString(0), cancel);
    }
}

/// <summary>The answer to asking for a challenge.</summary>
/// <param name="Id">The challenge; empty when limited.</param>
/// <param name="LimitedUntil">Set when this IP asked for too many.</param>
public sealed record IssuedChallenge(Guid Id, DateTimeOffset? LimitedUntil);

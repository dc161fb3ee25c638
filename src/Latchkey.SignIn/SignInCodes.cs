using System.Data.Common;
using System.Security.Cryptography;
using System.Text;

namespace Latchkey.SignIn;

/// <summary>Codes: typed on the page that asked, in the browser that asked. Link and code of a request die together.</summary>
/// <param name="key">The installation's secret.</param>
/// <param name="clock">The one clock.</param>
public sealed class SignInCodes(SignInKey key, TimeProvider clock)
{
    private const string OfName = "code", OfAccount = "code-account";

    private readonly Redemption redemption = new(key);

    /// <summary>
    /// Counts one try, before anything is compared. Commit this before <see cref="RedeemAsync"/>: then guesses that race are all
    /// counted, and a crash in between costs the guesser a try (NIST SP 800-63B-4, 3.1.3.2).
    /// </summary>
    /// <param name="transaction">Commit it whatever comes back.</param>
    /// <param name="where">The storefront.</param>
    /// <param name="policy">Its policy: number of tries, brakes.</param>
    /// <param name="requestId">The request the waiting page belongs to.</param>
    /// <param name="browser">The browser; a request that another one made is not found.</param>
    /// <param name="cancel">Cancels the database work.</param>
    public async Task<CodeTry> CountAsync(
        DbTransaction transaction, StorefrontKey where, SignInPolicy policy, Guid requestId, BrowserSecret browser, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(browser);
        var now = clock.GetUtcNow();
        var row = await transaction.Command(SignInSql.CountTry, ("organization", where.OrganizationId), ("storefront", where.StorefrontId),
            ("request", requestId), ("browser", browser.Hash()), ("most", policy.CodeTries), ("now", now))
            .FirstAsync(r => new { Name = r.GetString(0), SentAt = r.TimeOrNull(1), Tries = r.GetInt32(2), Account = r.GuidOrNull(3), WrittenAt = r.TimeOrNull(4) }, cancel);
        if (row is null) return new CodeTry(requestId, 0, null, false);

        var refused = await Throttles.TryAsync(transaction, now, Charges(where, policy.Limits, row.Name, row.Account), cancel);
        bool inTime = IsInTime(row.SentAt, row.WrittenAt, policy.CodeLifetime, now);
        return new CodeTry(requestId, policy.CodeTries - row.Tries, refused?.Until, inTime && refused is null)
        {
            Paused = refused is not null && refused.Buckets.Any(b => b is OfName or OfAccount) ? new PausedCodes(row.Account, row.Name, inTime) : null,
        };
    }

    /// <summary>
    /// What follows when codes pause for a name. Whoever signed in since the pause began has proven the mailbox and has all tries back,
    /// however many others typed; else the holder is to be told, once a day at the most (NIST SP 800-63B-4, 3.2.2).
    /// </summary>
    /// <param name="transaction">The mail must be stored in this same transaction.</param>
    /// <param name="where">The storefront.</param>
    /// <param name="policy">Its policy: brakes.</param>
    /// <param name="counted">The try that was refused; the work is the same for a name that is nobody's.</param>
    /// <param name="cancel">Cancels the database work.</param>
    /// <returns>The try as it stands now, and who is to be told, if anybody.</returns>
    public async Task<(CodeTry Try, AccountMailbox? Told)> PauseAsync(
        DbTransaction transaction, StorefrontKey where, SignInPolicy policy, CodeTry counted, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(counted);
        if (counted.Paused is not { } paused) return (counted, null);
        var now = clock.GetUtcNow();
        (string, object?)[] holder = [("organization", where.OrganizationId), ("storefront", where.StorefrontId),
            ("account", paused.AccountId ?? Guid.Empty), ("now", now), ("dayAgo", now.AddDays(-1))];
        if (await transaction.Command(SignInSql.PauseCodes, holder).FirstAsync(r => r.IsDBNull(0) ? paused : null, cancel) is null)
            return (counted, await transaction.Command(SignInSql.TellCodePause, holder).FirstAsync(AccountMailbox.Read, cancel));

        await transaction.Command(SignInSql.ForgetTries, ("organization", where.OrganizationId), ("storefront", where.StorefrontId),
            ("ofName", OfName), ("name", paused.Name), ("ofAccount", OfAccount), ("account", paused.AccountId!.Value.ToString("n"))).ExecuteAsync(cancel);
        var refused = await Throttles.TryAsync(transaction, now, Charges(where, policy.Limits, paused.Name, paused.AccountId), cancel);
        return (counted with { LimitedUntil = refused?.Until, MayMatch = paused.InTime && refused is null, Paused = null }, null);
    }

    /// <summary>Compares, and signs in when the code is right. Wrong, too late, used and unknown all answer alike (ASVS 5, 6.3.8).</summary>
    /// <param name="transaction">Holds the redemption and the session together.</param>
    /// <param name="where">The storefront.</param>
    /// <param name="policy">Its policy.</param>
    /// <param name="counted">The try, already committed.</param>
    /// <param name="typed">What was typed; spaces and dashes do not matter.</param>
    /// <param name="visitor">Who typed it.</param>
    /// <param name="cancel">Cancels the database work.</param>
    /// <returns>The session, or null.</returns>
    public async Task<StartedSession?> RedeemAsync(
        DbTransaction transaction, StorefrontKey where, SignInPolicy policy, CodeTry counted, string typed, Visitor visitor, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(counted);
        ArgumentNullException.ThrowIfNull(visitor);
        if (policy.CodeDigits == 0 || !counted.MayMatch || !IsRight(counted.RequestId, policy.CodeDigits, typed)) return null;
        return await redemption.ByCodeAsync(transaction, where, policy, counted.RequestId, visitor, clock.GetUtcNow(), cancel);
    }

    /// <summary>
    /// From hand-over on. Between the mail server's taking a mail and our writing that down its code can be typed already: so a mail that
    /// was written and is not known to have left counts as leaving now, within the request's own end; after an earlier mail, no longer than a code lives.
    /// </summary>
    private static bool IsInTime(DateTimeOffset? sentAt, DateTimeOffset? writtenAt, TimeSpan lifetime, DateTimeOffset now) =>
        sentAt is { } sent ? now < sent + lifetime || (writtenAt > sent && now < writtenAt + lifetime) : writtenAt is not null;

    /// <summary>In a fixed order, so that concurrent tries lock the buckets in the same order.</summary>
    private static IEnumerable<Charge> Charges(StorefrontKey where, SignInLimits limits, string name, Guid? account)
    {
        yield return new(where, OfName, name, limits.Code);
        if (account is { } id) yield return new(where, OfAccount, id.ToString("n"), limits.CodeAccount);
        yield return new(where, "code-storefront", "", limits.CodeStorefront);
    }

    private bool IsRight(Guid requestId, int digits, string typed)
    {
        string plain = new([.. typed.Where(c => !char.IsWhiteSpace(c) && c is not ('-' or '\u2010' or '\u2011' or '\u2013'))]);
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(plain), Encoding.ASCII.GetBytes(key.Code(requestId, digits)));
    }
}

/// <summary>One counted try at a code.</summary>
/// <param name="RequestId">The request.</param>
/// <param name="TriesLeft">Tries left for it; 0 means a new mail is needed.</param>
/// <param name="LimitedUntil">Set when too many codes were typed for this address or storefront.</param>
/// <param name="MayMatch">Whether the code is compared at all.</param>
public sealed record CodeTry(Guid RequestId, int TriesLeft, DateTimeOffset? LimitedUntil, bool MayMatch)
{
    /// <summary>Set when too many codes were typed for one name: see <see cref="SignInCodes.PauseAsync"/>.</summary>
    public PausedCodes? Paused { get; init; }
}

/// <summary>Codes pause for a name.</summary>
/// <param name="AccountId">Whose it is; null when it is nobody's.</param>
/// <param name="Name">The keyed hash of what was typed.</param>
/// <param name="InTime">Whether the code still lives.</param>
public sealed record PausedCodes(Guid? AccountId, string Name, bool InTime);

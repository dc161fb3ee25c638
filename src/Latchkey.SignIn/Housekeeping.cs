using System.Data.Common;

namespace Latchkey.SignIn;

/// <summary>Keeps the engine's tables from growing for ever.</summary>
/// <param name="clock">The one clock.</param>
public sealed class Housekeeping(TimeProvider clock)
{
    /// <summary>Counters that owe nothing any more are as good as none; a refusal is kept for a day, as evidence.</summary>
    private const string ForgetThrottles = "delete from throttle where paid_until_ms < @before and (refused_ms is null or refused_ms < @dayBefore)";

    /// <summary>For how long a name that found no account is kept, encrypted, to answer the question why nothing came.</summary>
    public static readonly TimeSpan UnknownKept = TimeSpan.FromDays(14);

    // Such a request has no links: they are made for accounts only.
    private const string ForgetUnknown = "delete from sign_in_request where account_id is null and resolve_at is null and asked_at < @before";

    /// <summary>Deletes the requests that never found an account, <see cref="UnknownKept"/> after they were made.</summary>
    /// <returns>How many were deleted, over all organizations.</returns>
    public Task<int> ForgetUnknownAsync(DbTransaction transaction, CancellationToken cancel = default) =>
        transaction.Command(ForgetUnknown, ("before", clock.GetUtcNow() - UnknownKept)).ExecuteAsync(cancel);

    private const string ForgetChallenges = "delete from passkey_challenge where expires_at <= @now";

    /// <summary>Deletes the counters of limits that nobody is near.</summary>
    /// <returns>How many were deleted, over all organizations.</returns>
    public Task<int> ForgetThrottlesAsync(DbTransaction transaction, CancellationToken cancel = default)
    {
        var now = clock.GetUtcNow();
        return transaction.Command(ForgetThrottles, ("before", now.ToUnixTimeMilliseconds()), ("dayBefore", now.AddDays(-1).ToUnixTimeMilliseconds()))
            .ExecuteAsync(cancel);
    }

    /// <summary>Deletes the passkey challenges that nobody answered.</summary>
    /// <returns>How many were deleted, over all organizations.</returns>
    public Task<int> ForgetChallengesAsync(DbTransaction transaction, CancellationToken cancel = default) =>
        transaction.Command(ForgetChallenges, ("now", clock.GetUtcNow())).ExecuteAsync(cancel);

    /// <summary>Of somebody who never opened the mail.</summary>
    private const string ForgetPasswordAsks = "delete from password_request where asked_at < @before and resolve_at is null";

    /// <summary>Deletes what was asked for about passwords 14 days ago, with the registrations that nobody confirmed.</summary>
    /// <returns>How many were deleted, over all organizations.</returns>
    public Task<int> ForgetPasswordAsksAsync(DbTransaction transaction, CancellationToken cancel = default) =>
        transaction.Command(ForgetPasswordAsks, ("before", clock.GetUtcNow().AddDays(-14))).ExecuteAsync(cancel);
}

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

    // Its links end with it: they are found by nothing else.
    private const string ForgetLinks = """
        delete from sign_in_link where organization_id = @organization and token_hash in (
          select l.token_hash from sign_in_link l where l.organization_id = @organization and l.created_at < @before limit @most)
        """;

    private const string ForgetRequests = """
        delete from sign_in_request where organization_id = @organization and id in (
          select r.id from sign_in_request r where r.organization_id = @organization and r.id < @first and r.asked_at < @before and r.hard_end_at < @before and r.resolve_at is null
          order by r.id limit @most)
        """;

    private const string ForgetSessions = """
        delete from session where organization_id = @organization and id in (
          select s.id from session s where s.organization_id = @organization and s.id < @first and (s.hard_end_at < @before or s.ended_at < @before) order by s.id limit @most)
        """;

    /// <summary>Deletes some of the sign-ins of an organization that were over before a time: requests, their links, and sessions.</summary>
    /// <param name="transaction">The caller's.</param>
    /// <param name="organizationId">The organization.</param>
    /// <param name="before">Later than this nothing is touched. It must be longer ago than any link lives.</param>
    /// <param name="first">No id made at that time or later is less: ids are UUIDv7 (RFC 9562), so only old rows are looked at.</param>
    /// <param name="most">Of each kind: call it again until fewer were deleted.</param>
    /// <param name="cancel">Cancels it.</param>
    /// <returns>How many of the kind that had most.</returns>
    public static async Task<int> ForgetSignInsAsync(DbTransaction transaction, Guid organizationId, DateTimeOffset before, Guid first, int most, CancellationToken cancel = default)
    {
        int deleted = 0;
        foreach (string statement in new[] { ForgetLinks, ForgetRequests, ForgetSessions })
            deleted = Math.Max(deleted, await transaction.Command(statement, ("organization", organizationId), ("before", before), ("first", first), ("most", most)).ExecuteAsync(cancel));
        return deleted;
    }

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

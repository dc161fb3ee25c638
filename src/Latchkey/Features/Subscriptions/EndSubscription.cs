using Dapper;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Data;

namespace Latchkey.Features.Subscriptions;

/// <summary>
/// Ends what a customer holds, at once or on a day to come. Its unit is free for others afterwards; nothing is billed for the days after
/// the last. What was billed already stays billed.
/// </summary>
public sealed class EndSubscription(Database database, ActivityLog activity, TimeProvider clock)
{
    private static readonly int MostDaysAhead = 731;

    public DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
    public DateOnly Latest => Today.AddDays(MostDaysAhead);

    public Task<Holding?> FindAsync(Guid organizationId, Guid id, CancellationToken cancel) => database.ReadAsync(c =>
        c.QuerySingleOrDefaultAsync<Holding>(new CommandDefinition(HoldingSql.Find, new { organizationId, id }, cancellationToken: cancel)), cancel);

    /// <param name="organizationId">The organization.</param>
    /// <param name="id">The subscription.</param>
    /// <param name="lastDay">Up to today it ends at once; else when that day is over.</param>
    /// <param name="staff">Who of the staff ends it.</param>
    /// <param name="cancel">Cancels it.</param>
    /// <returns>False when it has ended already, or begins later.</returns>
    public Task<bool> RunAsync(Guid organizationId, Guid id, DateOnly lastDay, string staff, CancellationToken cancel) => lastDay > Today
        ? WriteAsync(HoldingSql.Plan, organizationId, id, lastDay, "subscription end planned", staff, cancel)
        : WriteAsync(HoldingSql.End, organizationId, id, lastDay, "subscription ended", staff, cancel);

    /// <summary>Takes back an end that was still to come.</summary>
    /// <returns>False when there is none.</returns>
    public Task<bool> KeepAsync(Guid organizationId, Guid id, string staff, CancellationToken cancel) =>
        WriteAsync(HoldingSql.Keep, organizationId, id, null, "subscription end taken back", staff, cancel);

    private Task<bool> WriteAsync(string sql, Guid organizationId, Guid id, DateOnly? day, string what, string staff, CancellationToken cancel) => database.WriteAsync(async t =>
    {
        var held = await t.Connection!.QuerySingleOrDefaultAsync<Written>(sql, new { organizationId, id, endedOn = IsoDay.Of(day), endsOn = IsoDay.Of(day) }, t);
        if (held is null) return false;
        if (sql == HoldingSql.End && held.UnitId is { } unitId) await t.Connection!.ExecuteAsync(HoldingSql.Free, new { organizationId, unitId }, t);
        await activity.AppendAsync(t, new Happened(organizationId, ActivityType.STAFF, what)
        {
            ContactId = held.ContactId,
            SubjectId = id,
            Actor = staff,
            Detail = IsoDay.Of(day),
        });
        return true;
    }, cancel);

    private sealed record Written
    {
        public required Guid ContactId { get; init; }
        public Guid? UnitId { get; init; }
    }
}

/// <summary>One thing that a customer holds or held.</summary>
public sealed record Holding
{
    public required Guid Id { get; init; }
    public required Guid ContactId { get; init; }
    public required string FullName { get; init; }
    public required string Kind { get; init; }
    public required string Name { get; init; }
    public required long Price { get; init; }
    public required string Currency { get; init; }
    public required string StartedOn { get; init; }
    public string? EndedOn { get; init; }
    /// <summary>The last day, when it is still to come.</summary>
    public string? EndsOn { get; init; }
    /// <summary>Since when the customer wants to pay it by hand.</summary>
    public DateTimeOffset? AutopayOffAt { get; init; }
    public required string Facility { get; init; }
    public string? Unit { get; init; }
}

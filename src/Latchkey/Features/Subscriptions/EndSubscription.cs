using Dapper;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Data;

namespace Latchkey.Features.Subscriptions;

/// <summary>Ends what a customer holds. Its unit is free for others at once; nothing is billed for the days after.</summary>
public sealed class EndSubscription(Database database, ActivityLog activity)
{
    public Task<Holding?> FindAsync(Guid organizationId, Guid id, CancellationToken cancel) => database.ReadAsync(c =>
        c.QuerySingleOrDefaultAsync<Holding>(new CommandDefinition(HoldingSql.Find, new { organizationId, id }, cancellationToken: cancel)), cancel);

    /// <returns>False when it has ended already, or begins later.</returns>
    public Task<bool> RunAsync(Guid organizationId, Guid id, DateOnly endedOn, string staff, CancellationToken cancel) => database.WriteAsync(async t =>
    {
        var ended = await t.Connection!.QuerySingleOrDefaultAsync<Ended>(HoldingSql.End, new { organizationId, id, endedOn = IsoDay.Of(endedOn) }, t);
        if (ended is null) return false;
        if (ended.UnitId is { } unitId) await t.Connection!.ExecuteAsync(HoldingSql.Free, new { organizationId, unitId }, t);
        await activity.AppendAsync(t, new Happened(organizationId, ActivityType.STAFF, "subscription ended")
        {
            ContactId = ended.ContactId,
            SubjectId = id,
            Actor = staff,
            Detail = IsoDay.Of(endedOn),
        });
        return true;
    }, cancel);

    private sealed record Ended
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
    public required string Facility { get; init; }
    public string? Unit { get; init; }
}

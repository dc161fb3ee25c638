using Dapper;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Data;

namespace Latchkey.Features.Subscriptions;

/// <summary>Ends what had its last day, as staff planned it: from the next day on, in UTC, its unit is free for others.</summary>
public sealed class EndWhatIsOver(Database database, ActivityLog activity, TimeProvider clock)
{
    public async Task RunAsync(CancellationToken cancel)
    {
        string today = IsoDay.Of(clock.GetUtcNow());
        while (await database.ReadAsync(c => c.ExecuteScalarAsync<int?>(HoldingSql.IsAnyEndDue, new { today }), cancel) is not null)
            await database.WriteAsync(async t =>
            {
                foreach (var ended in (await t.Connection!.QueryAsync<Ended>(HoldingSql.EndDue, new { today }, t)).AsList())
                {
                    await t.Connection!.ExecuteAsync(HoldingSql.Free, new { organizationId = ended.OrganizationId, unitId = ended.UnitId }, t);
                    await activity.AppendAsync(t, new Happened(ended.OrganizationId, ActivityType.BILLING, "subscription ended")
                    {
                        ContactId = ended.ContactId,
                        SubjectId = ended.Id,
                        Detail = ended.EndedOn,
                    });
                }
            }, cancel);
    }

    private sealed record Ended
    {
        public required Guid OrganizationId { get; init; }
        public required Guid Id { get; init; }
        public required Guid ContactId { get; init; }
        public Guid? UnitId { get; init; }
        public required string EndedOn { get; init; }
    }
}

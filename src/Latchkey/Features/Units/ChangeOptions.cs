using Dapper;
using Latchkey.Platform;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Data;

namespace Latchkey.Features.Units;

/// <summary>
/// What can be taken along with a unit or plan of a facility: a lock, a cover. The price of one never changes, because somebody may be about
/// to pay it: another price is another option.
/// </summary>
public sealed class ChangeOptions(Database database, ActivityLog activity, TimeProvider clock)
{
    public Task<IReadOnlyList<UnitOption>> AllAsync(Guid organizationId, Guid facilityId, CancellationToken cancel) => database.ReadAsync<IReadOnlyList<UnitOption>>(async c =>
        (await c.QueryAsync<UnitOption>(new CommandDefinition(OptionSql.All, new { organizationId, facilityId }, cancellationToken: cancel))).AsList(), cancel);

    public Task AddAsync(Guid organizationId, Guid facilityId, string name, Money price, bool monthly, string staff, CancellationToken cancel) => database.WriteAsync(async t =>
    {
        var id = Guid.CreateVersion7(clock.GetUtcNow());
        await t.Connection!.ExecuteAsync(OptionSql.Add, new { organizationId, id, facilityId, name, price = price.Minor, currency = price.Currency, monthly }, t);
        await activity.AppendAsync(t, Happened(organizationId, "option added", id, $"{name}, {price}", staff));
    }, cancel);

    /// <returns>False when it is so already.</returns>
    public Task<bool> OfferAsync(Guid organizationId, Guid facilityId, Guid id, bool offered, string staff, CancellationToken cancel) => database.WriteAsync(async t =>
    {
        string? name = await t.Connection!.ExecuteScalarAsync<string?>(offered ? OptionSql.Offer : OptionSql.Retire, new { organizationId, facilityId, id, now = clock.GetUtcNow() }, t);
        if (name is null) return false;
        await activity.AppendAsync(t, Happened(organizationId, offered ? "option offered again" : "option offered no more", id, name, staff));
        return true;
    }, cancel);

    private static Happened Happened(Guid organizationId, string what, Guid id, string detail, string staff) =>
        new(organizationId, ActivityType.STAFF, what) { SubjectId = id, Actor = staff, Detail = detail };
}

/// <summary>Something to take along.</summary>
public sealed record UnitOption
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required long Price { get; init; }
    public required string Currency { get; init; }
    public required bool Monthly { get; init; }
    public DateTimeOffset? RetiredAt { get; init; }

    public Money Amount => new(Price, Currency);
}

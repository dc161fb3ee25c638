using System.Data.Common;
using System.Globalization;
using Dapper;
using Latchkey.Platform;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Data;

namespace Latchkey.Features.Units;

/// <summary>Staff change what can be rented: types and their prices, and the units of a type. What is rented already keeps its price.</summary>
public sealed class ChangeStock(Database database, ActivityLog activity, TimeProvider clock)
{
    public const int MostUnitsAtOnce = 200;

    /// <returns>The new type.</returns>
    public Task<Guid> AddTypeAsync(Guid organizationId, Guid facilityId, StockEdit edit, string staff, CancellationToken cancel) => database.WriteAsync(async t =>
    {
        var id = Guid.CreateVersion7(clock.GetUtcNow());
        await t.Connection!.ExecuteAsync(StockSql.AddType, new { organizationId, id, facilityId, name = edit.Name, description = edit.Description, price = edit.Price.Minor, currency = edit.Price.Currency }, t);
        await NoteAsync(t, organizationId, "unit type added", id, staff, Changes(("name", null, edit.Name), ("price", null, edit.Price.ToString())));
        return id;
    }, cancel);

    public Task RunAsync(Guid organizationId, StockType before, StockEdit edit, string staff, CancellationToken cancel) => database.WriteAsync(async t =>
    {
        await t.Connection!.ExecuteAsync(StockSql.ChangeType, new
        {
            organizationId, id = before.Id, name = edit.Name, description = edit.Description, price = edit.Price.Minor, offered = edit.Offered, now = clock.GetUtcNow(),
        }, t);
        string Number(long price) => (price / 100m).ToString("0.00", CultureInfo.InvariantCulture);
        await NoteAsync(t, organizationId, "unit type changed", before.Id, staff, Changes(("name", before.Name, edit.Name), ("description", before.Description, edit.Description),
            ("price", Number(before.Price), Number(edit.Price.Minor)), ("offered", before.RetiredAt is null ? "yes" : "no", edit.Offered ? "yes" : "no")));
    }, cancel);

    /// <returns>How many are new: a number that the facility has already is left as it is.</returns>
    public Task<int> AddUnitsAsync(Guid organizationId, Guid id, IReadOnlyList<string> numbers, string staff, CancellationToken cancel) => database.WriteAsync(async t =>
    {
        int added = 0;
        foreach (string number in numbers)
            added += await t.Connection!.ExecuteAsync(StockSql.AddUnit, new { organizationId, id, unitId = Guid.CreateVersion7(clock.GetUtcNow()), number }, t);
        if (added > 0) await NoteAsync(t, organizationId, "units added", id, staff, Changes(("units", null, string.Join(", ", numbers))));
        return added;
    }, cancel);

    /// <returns>False when it is rented or about to be, or is so already.</returns>
    public Task<bool> SetStateAsync(Guid organizationId, Guid id, Guid unitId, bool inService, string staff, CancellationToken cancel) => database.WriteAsync(async t =>
    {
        var which = new { organizationId, id, unitId, now = clock.GetUtcNow() };
        if (await t.Connection!.ExecuteAsync(inService ? StockSql.Open : StockSql.Close, which, t) == 0) return false;
        string number = (await t.Connection!.ExecuteScalarAsync<string>(StockSql.NumberOf, which, t))!;
        await NoteAsync(t, organizationId, inService ? "unit put into service" : "unit taken out of service", unitId, staff, Changes(("unit", null, number)));
        return true;
    }, cancel);

    private static Dictionary<string, string?[]> Changes(params (string Field, string? Before, string? After)[] changes) =>
        changes.Where(c => c.Before != c.After).ToDictionary(c => c.Field, c => new[] { c.Before, c.After }, StringComparer.Ordinal);

    private Task NoteAsync(DbTransaction transaction, Guid organizationId, string happened, Guid subject, string staff, Dictionary<string, string?[]> changes) =>
        activity.AppendAsync(transaction, new Happened(organizationId, ActivityType.STAFF, happened) { SubjectId = subject, Actor = staff, Changes = changes });
}

/// <summary>A type as it is to be.</summary>
public sealed record StockEdit(string Name, string? Description, Money Price, bool Offered);

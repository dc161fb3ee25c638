using System.Data.Common;
using Dapper;
using Latchkey.Platform.Data;
using Latchkey.SignIn;

namespace Latchkey.Features.Contacts.Import;

/// <summary>
/// Fetches, in a handful of statements, all that the rows of a batch may meet. Beside what was known before, which a batch that is
/// only tried out may have changed, nothing is read again.
/// </summary>
internal sealed class KnownReader(DbConnection connection, DbTransaction? transaction, StorefrontKey storefront, ImportOptions options, Known? before = null)
{
    private readonly object where = new { storefront.OrganizationId, storefront.StorefrontId };
    private readonly Known known = before ?? new();
    private readonly HashSet<Guid> fresh = [];

    public async Task<Known> ReadAsync(IReadOnlyList<ContactRow> rows)
    {
        await ContactsAsync(ImportSql.ContactsByExternalId, Texts(rows, r => r.ExternalId));
        var emails = Texts(rows, r => r.Email?.Value);
        await ContactsAsync(ImportSql.ContactsByEmail, emails);
        await ContactsAsync(ImportSql.ContactsByName, rows.Where(r => r.ExternalId is null && r.Email is null)
            .Select(r => new NameAndPhone(r.FullName, r.Phone ?? "")).Distinct());
        foreach (var account in await SeekAsync<Sought, KnownAccount>(ImportSql.AccountsByEmail, emails))
            if (known.Account(account.Email) is null) known.Add(account);
        foreach (var facility in await QueryAsync<KnownFacility>(ImportSql.Facilities))
            if (!known.Stock.HasFacility(facility.Id)) known.Stock.Add(facility);
        if (rows.Any(r => r.Unit is not null || r.Plan is not null)) await StockAsync(rows);
        return known;
    }

    private async Task ContactsAsync<T>(string sql, IEnumerable<T> wanted)
    {
        foreach (var contact in await SeekAsync<T, KnownContact>(sql, wanted))
            if (!known.Contains(contact.Id) && fresh.Add(contact.Id)) known.Put(contact);
    }

    private async Task StockAsync(IReadOnlyList<ContactRow> rows)
    {
        var stock = known.Stock;
        foreach (var type in await QueryAsync<KnownUnitType>(ImportSql.UnitTypes)) stock.Add(type);
        var numbers = from row in rows
                      where row.Unit is not null
                      let name = row.Facility ?? options.Facility
                      let facility = name is null ? null : stock.Facility(name)
                      where facility is not null
                      select new UnitNumber(facility.Id, row.Unit!);
        foreach (var unit in await SeekAsync<UnitNumber, KnownUnit>(ImportSql.Units, numbers.Distinct()))
            if (stock.Unit(unit.FacilityId, unit.Number) is null) stock.Put(unit);
        var holders = fresh.Select(id => new Sought<Guid>(id));
        foreach (var held in await SeekAsync<Sought<Guid>, KnownSubscription>(ImportSql.Subscriptions, holders)) stock.Add(held);
    }

    private Task<IEnumerable<T>> QueryAsync<T>(string sql) => connection.QueryAsync<T>(sql, where, transaction);

    private Task<List<TFound>> SeekAsync<T, TFound>(string sql, IEnumerable<T> wanted) => connection.QueryAsync<T, TFound>(sql, wanted, where, transaction);

    private static List<Sought> Texts(IEnumerable<ContactRow> rows, Func<ContactRow, string?> text) =>
        [.. rows.Select(text).OfType<string>().Distinct(StringComparer.Ordinal).Select(t => new Sought(t))];

    private sealed record Sought(string Text);

    private sealed record Sought<T>(T Id);

    private sealed record NameAndPhone(string Name, string Phone);

    private sealed record UnitNumber(Guid FacilityId, string Number);
}

using Dapper;
using Latchkey.Platform.Data;

namespace Latchkey.Features.Account;

/// <summary>Lists an organization's portal accounts by address, a page at a time, each with the contacts it shows.</summary>
public sealed class FindCustomers(Database database)
{
    public const int PageSize = 50;

    public Task<CustomerList> RunAsync(Guid organizationId, CustomerFilter filter, CancellationToken cancel) => database.ReadAsync(async c =>
    {
        var search = PeopleSearch.Of(filter.Typed);
        string? afterEmail = filter.After is null ? null : await c.ExecuteScalarAsync<string?>(CustomerSql.EmailOf, new { organizationId, after = filter.After });
        var parameters = new
        {
            organizationId,
            state = filter.State ?? "",
            anyStorefront = filter.StorefrontId is null,
            storefrontId = filter.StorefrontId ?? Guid.Empty,
            search.Word1, search.Word2, search.Word3,
            afterEmail = afterEmail ?? "",
            after = afterEmail is null ? Guid.Empty : filter.After!.Value,
            most = PageSize + 1,
        };
        var customers = await ReadAsync(search.IsEmpty ? CustomerSql.List : CustomerSql.SearchNext);
        if (customers.Count <= PageSize && !search.IsEmpty) customers = await ReadAsync(CustomerSql.Search);
        return new CustomerList([.. customers.Take(PageSize)], customers.Count > PageSize);

        async Task<List<Customer>> ReadAsync(string sql) => Grouped(await c.QueryAsync<Row>(new CommandDefinition(sql, parameters, cancellationToken: cancel)));
    }, cancel);

    private static List<Customer> Grouped(IEnumerable<Row> rows) =>
        [.. rows.GroupBy(r => r.Id).Select(g => new Customer(g.Key, g.First().Email, g.First().State, g.First().Storefront, g.First().LastSignedInAt,
            [.. g.Where(r => r.ContactId is not null).Select(r => new CustomerContact(r.ContactId!.Value, r.FullName!))]))];

    private sealed record Row
    {
        public required Guid Id { get; init; }
        public required string Email { get; init; }
        public required string State { get; init; }
        public required string Storefront { get; init; }
        public DateTimeOffset? LastSignedInAt { get; init; }
        public Guid? ContactId { get; init; }
        public string? FullName { get; init; }
    }
}

/// <summary>What to list.</summary>
/// <param name="Typed">What was typed into the search box: an address or a part of one, or a name or number of a contact.</param>
/// <param name="StorefrontId">Of one storefront only.</param>
/// <param name="State">In this state only: unproven, proven, disabled.</param>
/// <param name="After">The last account of the page before.</param>
public sealed record CustomerFilter(string? Typed, Guid? StorefrontId, string? State, Guid? After);

public sealed record CustomerList(IReadOnlyList<Customer> Rows, bool HasMore);

public sealed record Customer(Guid Id, string Email, string State, string Storefront, DateTimeOffset? LastSignedInAt, IReadOnlyList<CustomerContact> Contacts);

public sealed record CustomerContact(Guid Id, string FullName);

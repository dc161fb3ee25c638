using Dapper;
using Latchkey.Platform.Data;
using Latchkey.SignIn;

namespace Latchkey.Features.Contacts;

/// <summary>Lists an organization's contacts by name, a page at a time.</summary>
public sealed class FindContacts(Database database)
{
    public const int PageSize = 50;
    /// <summary>Of a state that fewer accounts than this have, these are looked up; of another, names are walked through until a page is full.</summary>
    private const int Rare = 20_000;

    public Task<ContactList> RunAsync(Guid organizationId, ContactFilter filter, CancellationToken cancel) => database.ReadAsync(async c =>
    {
        var search = PeopleSearch.Of(filter.Typed);
        string? afterName = filter.After is null ? null : await c.ExecuteScalarAsync<string?>(ContactListSql.NameOf, new { organizationId, after = filter.After });
        string state = filter.AccountState ?? "";
        bool isUnlinked = state == "none";
        bool isRare = state.Length > 0 && !isUnlinked && await c.ExecuteScalarAsync<long>(ContactListSql.CountOfState, new { organizationId, state, enough = Rare }) < Rare;
        var parameters = new
        {
            organizationId,
            state,
            isRare,
            anyStorefront = filter.StorefrontId is null,
            storefrontId = filter.StorefrontId ?? Guid.Empty,
            search.Word1, search.Word2, search.Word3,
            email = EmailAddress.TryRead(filter.Typed, out var address) ? address.Value : "",
            afterName = afterName ?? "",
            after = afterName is null ? Guid.Empty : filter.After!.Value,
            most = PageSize + 1,
        };
        if (address is not null && filter.After is null && await ReadAsync(isUnlinked ? ContactListSql.ByAddressUnlinked : ContactListSql.ByAddress) is { Count: > 0 } known) return Page(known);
        return Page(await ReadAsync(isUnlinked ? ContactListSql.ListUnlinked : ContactListSql.List));

        async Task<List<ContactRow>> ReadAsync(string sql) => (await c.QueryAsync<ContactRow>(new CommandDefinition(sql, parameters, cancellationToken: cancel))).AsList();
    }, cancel);

    private static ContactList Page(List<ContactRow> rows) => new([.. rows.Take(PageSize)], rows.Count > PageSize);
}

/// <summary>What to list.</summary>
/// <param name="Typed">What was typed into the search box.</param>
/// <param name="StorefrontId">Of one storefront only.</param>
/// <param name="AccountState">With an account in this state only: none, unproven, proven, disabled.</param>
/// <param name="After">The last contact of the page before.</param>
public sealed record ContactFilter(string? Typed, Guid? StorefrontId, string? AccountState, Guid? After);

public sealed record ContactList(IReadOnlyList<ContactRow> Rows, bool HasMore);

using Dapper;
using Latchkey.Platform.Data;

namespace Latchkey.Features.Subscriptions;

/// <summary>Lists what an organization's customers hold, the newest first, a page at a time.</summary>
public sealed class FindSubscriptions(Database database)
{
    public const int PageSize = 50;

    /// <param name="organizationId">The organization.</param>
    /// <param name="typed">A name, an address or a number of the customer.</param>
    /// <param name="state">active or ended; null: both.</param>
    /// <param name="after">The last one of the page before.</param>
    /// <param name="cancel">Cancels the reading.</param>
    public Task<SubscriptionList> RunAsync(Guid organizationId, string? typed, string? state, Guid? after, CancellationToken cancel) => database.ReadAsync(async c =>
    {
        var search = PeopleSearch.Of(typed);
        var parameters = new
        {
            organizationId,
            state = state ?? "",
            search.Word1, search.Word2, search.Word3,
            after = after ?? TimeIds.After,
            most = PageSize + 1,
        };
        var rows = await ReadAsync(search.IsEmpty ? SubscriptionSql.List : SubscriptionSql.SearchNext);
        if (rows.Count <= PageSize && !search.IsEmpty) rows = await ReadAsync(SubscriptionSql.Search);
        return new SubscriptionList([.. rows.Take(PageSize)], rows.Count > PageSize);

        async Task<List<SubscriptionRow>> ReadAsync(string sql) =>
            (await c.QueryAsync<SubscriptionRow>(new CommandDefinition(sql, parameters, cancellationToken: cancel))).AsList();
    }, cancel);
}

public sealed record SubscriptionList(IReadOnlyList<SubscriptionRow> Rows, bool HasMore);

public sealed record SubscriptionRow
{
    public required Guid Id { get; init; }
    public required Guid ContactId { get; init; }
    public required string FullName { get; init; }
    public string? Email { get; init; }
    public required string Kind { get; init; }
    public required string Name { get; init; }
    public string? Unit { get; init; }
    public required string Facility { get; init; }
    public required string StartedOn { get; init; }
    public string? EndedOn { get; init; }
    /// <summary>The account a magic link would sign in to; null when there is none that is open.</summary>
    public Guid? AccountId { get; init; }
}

using Dapper;
using Latchkey.Platform.Data;

namespace Latchkey.Features.Weather;

/// <summary>Who waits, or waited, because of one thing that was noticed, a page at a time.</summary>
public sealed class WaitingCustomers(Database database)
{
    public const int Rows = 50;

    /// <returns>One more than a page has, when there are more.</returns>
    public Task<IReadOnlyList<WaitingCustomer>> RunAsync(Guid organizationId, Guid id, Guid after, CancellationToken cancel) => database.ReadAsync<IReadOnlyList<WaitingCustomer>>(async c =>
        (await c.QueryAsync<WaitingCustomer>(new CommandDefinition(WeatherSql.Waiting, new { organizationId, id, after, most = Rows + 1 }, cancellationToken: cancel))).AsList(), cancel);
}

public sealed record WaitingCustomer
{
    public required Guid AccountId { get; init; }
    public required DateTimeOffset AskedAt { get; init; }
    public DateTimeOffset? SettledAt { get; init; }
    public WaitOutcome? Outcome { get; init; }
    public required string Email { get; init; }
    public required string Storefront { get; init; }
    public required string Slug { get; init; }
}

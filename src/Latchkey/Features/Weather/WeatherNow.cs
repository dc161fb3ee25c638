using Dapper;
using Latchkey.Platform.Data;

namespace Latchkey.Features.Weather;

/// <summary>What was noticed and is not over, for the banner on every page of the console; and what was lately.</summary>
public sealed class WeatherNow(Database database, TimeProvider clock)
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    public Task<IReadOnlyList<Noticed>> RunAsync(Guid organizationId, CancellationToken cancel) => database.ReadAsync<IReadOnlyList<Noticed>>(async c =>
        (await c.QueryAsync<Noticed>(new CommandDefinition(WeatherSql.Now, new { organizationId }, cancellationToken: cancel))).AsList(), cancel);

    /// <summary>What was noticed in the last seven days, and is over.</summary>
    public Task<IReadOnlyList<Noticed>> LatelyAsync(Guid organizationId, CancellationToken cancel) => database.ReadAsync<IReadOnlyList<Noticed>>(async c =>
        (await c.QueryAsync<Noticed>(new CommandDefinition(WeatherSql.Lately, new { organizationId, from = TimeIds.First(clock.GetUtcNow() - Week) }, cancellationToken: cancel))).AsList(), cancel);

    /// <returns>Null when the organization has none such.</returns>
    public Task<Noticed?> FindAsync(Guid organizationId, Guid id, CancellationToken cancel) => database.ReadAsync(c =>
        c.QuerySingleOrDefaultAsync<Noticed>(new CommandDefinition(WeatherSql.One, new { organizationId, id }, cancellationToken: cancel)), cancel);
}

/// <summary>Weather that was noticed.</summary>
public sealed record Noticed
{
    public required Guid Id { get; init; }
    public required WeatherKind Kind { get; init; }
    public required string Domain { get; init; }
    public required DateTimeOffset Since { get; init; }
    public string? Says { get; init; }
    /// <summary>Customers who wait because of it.</summary>
    public required long Waiting { get; init; }
    public DateTimeOffset? OverAt { get; init; }
    /// <summary>Who wants those who waited to be told.</summary>
    public string? TellBy { get; init; }
    public DateTimeOffset? ToldAt { get; init; }
}

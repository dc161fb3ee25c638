using Dapper;
using Latchkey.Platform.Data;

namespace Latchkey.Features.SuppressedAddresses;

/// <summary>The addresses that nothing is sent to, by address.</summary>
public sealed class FindSuppressions(Database database)
{
    public const int Rows = 50;

    /// <param name="organizationId">Whose.</param>
    /// <param name="text">A part of the address.</param>
    /// <param name="behind">The last address and channel of the page before; empty for the first.</param>
    /// <param name="cancel">Cancels the reading.</param>
    /// <returns>One more than a page has, when there are more.</returns>
    public Task<IReadOnlyList<SuppressedAddress>> RunAsync(Guid organizationId, string text, (string Address, string Channel) behind, CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyList<SuppressedAddress>>(async c => (await c.QueryAsync<SuppressedAddress>(new CommandDefinition(SuppressionSql.List,
            new { organizationId, pattern = LikePattern.Anywhere(text), address = behind.Address, channel = behind.Channel, most = Rows + 1 }, cancellationToken: cancel))).AsList(), cancel);
}

public sealed record SuppressedAddress
{
    public required string Channel { get; init; }
    public required string Address { get; init; }
    public required string Reason { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}

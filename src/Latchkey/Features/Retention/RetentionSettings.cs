using Dapper;
using Latchkey.Platform.Data;

namespace Latchkey.Features.Retention;

/// <summary>For how long an organization keeps what.</summary>
public sealed class RetentionSettings(Database database)
{
    /// <summary>In days; null: without end.</summary>
    public async Task<IReadOnlyDictionary<RetentionKind, int?>> RunAsync(Guid organizationId, CancellationToken cancel)
    {
        var set = await database.ReadAsync(c => c.QueryAsync<KeptFor>(new CommandDefinition(RetentionSql.Of, new { organizationId }, cancellationToken: cancel)), cancel);
        var days = set.ToDictionary(r => r.Kind, r => r.Days);
        return Enum.GetValues<RetentionKind>().ToDictionary(k => k, k => days.TryGetValue(k, out int own) ? own : k.Default());
    }
}

/// <summary>What an organization chose.</summary>
internal sealed record KeptFor
{
    public required Guid OrganizationId { get; init; }
    public required RetentionKind Kind { get; init; }
    public required int Days { get; init; }
}

using Dapper;
using Latchkey.Platform.Data;

namespace Latchkey.Features.SignIn.Staff;

/// <summary>Finds whom a magic link would sign in.</summary>
public sealed class FindLinkHolder(Database database)
{
    /// <returns>Null when the organization has no such account.</returns>
    public Task<LinkHolder?> RunAsync(Guid organizationId, Guid id, CancellationToken cancel) => database.ReadAsync(c =>
        c.QuerySingleOrDefaultAsync<LinkHolder?>(new CommandDefinition(MagicLinkSql.Find, new { organizationId, id }, cancellationToken: cancel)), cancel);
}

public sealed record LinkHolder
{
    public required Guid Id { get; init; }
    public required Guid StorefrontId { get; init; }
    public required string Email { get; init; }
    public required string State { get; init; }
    /// <summary>The first contact the account shows; null when it shows none.</summary>
    public Guid? ContactId { get; init; }
    public string? FullName { get; init; }
}

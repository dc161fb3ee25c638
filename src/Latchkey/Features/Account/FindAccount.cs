using Dapper;
using Latchkey.Platform.Data;

namespace Latchkey.Features.Account;

/// <summary>Finds where an account is looked at: one that was merged away leads to the one it was merged into.</summary>
public sealed class FindAccount(Database database)
{
    /// <summary>Longer than any chain of merges that people make.</summary>
    private const int MostMerges = 10;

    /// <returns>Null when the organization has no such account.</returns>
    public Task<FoundAccount?> RunAsync(Guid organizationId, Guid id, CancellationToken cancel) => database.ReadAsync(async c =>
    {
        FoundAccount? found = null;
        for (int i = 0; i <= MostMerges; i++)
        {
            found = await c.QuerySingleOrDefaultAsync<FoundAccount?>(new CommandDefinition(
                CustomerSql.Where, new { organizationId, id = found?.MergedInto ?? id }, cancellationToken: cancel));
            if (found?.MergedInto is null) break;
        }
        return found;
    }, cancel);
}

public sealed record FoundAccount
{
    public required Guid Id { get; init; }
    public required string Email { get; init; }
    public Guid? MergedInto { get; init; }
    /// <summary>The first contact it shows; null when it shows none.</summary>
    public Guid? ContactId { get; init; }
}

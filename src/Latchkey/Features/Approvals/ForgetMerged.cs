using System.Data.Common;
using Dapper;
using Latchkey.SignIn;

namespace Latchkey.Features.Approvals;

/// <summary>Forgets the passwords and passkeys of merged accounts once the merge can no longer be undone.</summary>
public sealed class ForgetMerged(TimeProvider clock)
{
    public async Task RunAsync(DbTransaction transaction, CancellationToken cancel)
    {
        var over = await transaction.Connection!.QueryAsync<Over>(new CommandDefinition(MergeSql.ForgetOver, new { now = clock.GetUtcNow() }, transaction, cancellationToken: cancel));
        foreach (var merge in over) await Accounts.ForgetMergedAsync(transaction, new StorefrontKey(merge.OrganizationId, merge.StorefrontId), merge.FromId, cancel);
    }

    private sealed record Over
    {
        public required Guid OrganizationId { get; init; }
        public required Guid StorefrontId { get; init; }
        public required Guid FromId { get; init; }
    }
}

using System.Data.Common;
using System.Text.Json;
using Dapper;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Features.Approvals;

/// <summary>Makes one account of two: the contacts move, both are signed out, and what it takes to undo it is written down.</summary>
public sealed class MergeAccounts(Accounts accounts, TimeProvider clock)
{
    public static readonly TimeSpan UndoneWithin = TimeSpan.FromDays(30);

    /// <summary>In the transaction of the approval.</summary>
    /// <returns>False when they cannot be merged: see <see cref="Accounts.MergeAsync"/>.</returns>
    public async Task<bool> RunAsync(DbTransaction transaction, Storefront storefront, Guid approvalId, AccountSubject from, AccountSubject into)
    {
        var (connection, now) = (transaction.Connection!, clock.GetUtcNow());
        var pair = new { storefront.OrganizationId, from = from.Id, into = into.Id };
        var links = (await connection.QueryAsync<MovedLink>(MergeSql.Links, pair, transaction)).AsList();
        var followers = (await connection.QueryAsync<Guid>(MergeSql.Followers, new { storefront.OrganizationId, StorefrontId = storefront.Id, account = from.Id }, transaction)).AsList();
        if (!await accounts.MergeAsync(transaction, storefront.Key, from.Id, into.Id)) return false;
        await connection.ExecuteAsync(MergeSql.Move, pair, transaction);
        await connection.ExecuteAsync(MergeSql.Record, new
        {
            storefront.OrganizationId,
            id = approvalId,
            StorefrontId = storefront.Id,
            from = from.Id,
            into = into.Id,
            moved = JsonSerializer.Serialize(new MergedParts(from.Email, links, followers)),
            now,
            until = now + UndoneWithin,
        }, transaction);
        return true;
    }
}

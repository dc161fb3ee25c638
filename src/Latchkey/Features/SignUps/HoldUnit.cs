using System.Data.Common;
using Dapper;
using Latchkey.Platform.Tenancy;

namespace Latchkey.Features.SignUps;

/// <summary>Keeps a unit of a type for somebody who is about to rent it. Of any number who want the last one, one statement lets one have it.</summary>
public sealed class HoldUnit(TimeProvider clock)
{
    /// <summary>How long a step may take.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromMinutes(15);

    /// <summary>How long all of them may: nobody keeps a unit from others by going on and on.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(60);

    private const int MostTries = 30;

    /// <summary>Until when a unit is held for somebody who has just done something.</summary>
    public DateTimeOffset Until(DateTimeOffset begunAt)
    {
        var (step, end) = (clock.GetUtcNow() + Step, begunAt + Longest);
        return step < end ? step : end;
    }

    /// <summary>Holds a unit, the same one if there is one already; another than before is let go.</summary>
    /// <param name="transaction">The caller's transaction.</param>
    /// <param name="storefront">The storefront.</param>
    /// <param name="id">The sign-up.</param>
    /// <param name="unitTypeId">The type.</param>
    /// <param name="before">The unit it had.</param>
    /// <param name="until">The end of the hold.</param>
    /// <returns>The unit; null when none of the type is free.</returns>
    public async Task<Guid?> RunAsync(DbTransaction transaction, Storefront storefront, Guid id, Guid unitTypeId, Guid? before, DateTimeOffset until)
    {
        var (connection, where) = (transaction.Connection!, new { storefront.OrganizationId, id, unitTypeId, until, now = clock.GetUtcNow(), unitId = before });
        Guid? unit = null;
        // PostgreSQL lets somebody who wanted the same unit a moment later come away with none, while others are free.
        for (int i = 0; i < MostTries && unit is null; i++)
        {
            unit = await connection.QuerySingleOrDefaultAsync<Guid?>(SignUpSql.Hold, where, transaction);
            if (unit is null && await connection.ExecuteScalarAsync<int?>(SignUpSql.IsAnyFree, where, transaction) is null) break;
        }
        if (unit is not null && before is not null && before != unit) await connection.ExecuteAsync(SignUpSql.Release, where, transaction);
        return unit;
    }
}

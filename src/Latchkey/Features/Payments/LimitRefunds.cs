using System.Globalization;
using Dapper;
using Latchkey.Platform;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Data;

namespace Latchkey.Features.Payments;

/// <summary>Sets, or takes away, the sum above which a refund takes two people.</summary>
public sealed class LimitRefunds(Database database, ActivityLog activity, TimeProvider clock)
{
    /// <summary>The largest sum that can be set, in major units.</summary>
    public const int Most = 1_000_000;

    public Task<RefundLimit?> FindAsync(Guid organization, CancellationToken cancel) =>
        database.ReadAsync(c => c.QuerySingleOrDefaultAsync<RefundLimit?>(new CommandDefinition(RefundSql.Limit, new { organization }, cancellationToken: cancel)), cancel);

    /// <summary>What the organization deals in.</summary>
    public async Task<string> CurrencyAsync(Guid organization, CancellationToken cancel) =>
        await database.ReadAsync(c => c.ExecuteScalarAsync<string?>(new CommandDefinition(PaymentSql.CurrencyOf, new { OrganizationId = organization }, cancellationToken: cancel)), cancel) ?? "USD";

    /// <param name="organization">The organization.</param>
    /// <param name="typed">The sum, in major units; empty: no limit.</param>
    /// <param name="staff">Who sets it.</param>
    /// <param name="cancel">Cancels the work.</param>
    /// <returns>False when it is no sum.</returns>
    public async Task<bool> RunAsync(Guid organization, string typed, string staff, CancellationToken cancel)
    {
        Money? limit = null;
        if (typed.Length > 0)
        {
            if (!decimal.TryParse(typed.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal major) || major > Most) return false;
            if ((limit = Money.OfMajor(major, await CurrencyAsync(organization, cancel))) is null) return false;
        }
        await database.WriteAsync(async t =>
        {
            var before = await t.Connection!.QuerySingleOrDefaultAsync<RefundLimit?>(RefundSql.Limit, new { organization }, t);
            await t.Connection!.ExecuteAsync(RefundSql.NoLimit, new { organization }, t);
            if (limit is not null) await t.Connection!.ExecuteAsync(RefundSql.SetLimit, new { organization, amount = limit.Minor, limit.Currency, staff, now = clock.GetUtcNow() }, t);
            await activity.AppendAsync(t, new Happened(organization, ActivityType.BILLING, "refund limit changed")
            {
                Actor = staff,
                Changes = new Dictionary<string, string?[]>(StringComparer.Ordinal) { ["limit"] = [before is null ? null : new Money(before.Amount, before.Currency).ToString(), limit?.ToString()] },
            });
        }, cancel);
        return true;
    }
}

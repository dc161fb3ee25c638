using System.Data.Common;
using System.Text;

namespace Latchkey.SignIn;

/// <summary>
/// Durable limits, shared by all nodes. Each use of several buckets is one statement, so two nodes never both grant the last one.
/// </summary>
internal static class Throttles
{
    /// <summary>Charges each bucket that is on, in order, or none: a use that one bucket refuses costs nothing in the others.</summary>
    /// <returns>When the slowest refusing bucket would grant a use, or null when all did.</returns>
    public static async Task<DateTimeOffset?> ChargeAsync(
        DbTransaction transaction, DateTimeOffset now, IEnumerable<Charge> charges, CancellationToken cancel) =>
        (await TryAsync(transaction, now, charges, cancel))?.Until;

    /// <summary>The same, and which buckets refused.</summary>
    public static async Task<RefusedUse?> TryAsync(
        DbTransaction transaction, DateTimeOffset now, IEnumerable<Charge> charges, CancellationToken cancel)
    {
        Charge[] on = [.. charges.Where(c => c.Limit.IsOn)];
        if (on.Length == 0) return null;

        await using var command = transaction.Command(Sql(on.Length), ("now", now.ToUnixTimeMilliseconds()));
        for (int i = 0; i < on.Length; i++) Add(command, i, on[i]);
        var refusals = await command.ListAsync(Refusal.Read, cancel);
        if (refusals.TrueForAll(r => r.Until == 0)) return null;

        // Else one address asked for again and again would use up its day, its browser, and in the end the whole storefront.
        foreach (var charge in on.Where(c => refusals.Exists(r => r.Bucket == c.Bucket && r.Until == 0))) await GiveBackAsync(transaction, charge, cancel);
        return new RefusedUse(DateTimeOffset.FromUnixTimeMilliseconds(refusals.Max(r => r.Until)), [.. refusals.Where(r => r.Until != 0).Select(r => r.Bucket)]);
    }

    private static Task<int> GiveBackAsync(DbTransaction transaction, Charge charge, CancellationToken cancel) =>
        transaction.Command("""
            update throttle set paid_until_ms = paid_until_ms - cost_ms
            where organization_id = @o and storefront_id = @s and bucket = @b and key = @k
            """, ("o", charge.Where.OrganizationId), ("s", charge.Where.StorefrontId), ("b", charge.Bucket), ("k", charge.Key)).ExecuteAsync(cancel);

    private static void Add(DbCommand command, int i, Charge charge)
    {
        foreach (var (name, value) in new (string, object)[]
        {
            ("o", charge.Where.OrganizationId), ("s", charge.Where.StorefrontId), ("b", charge.Bucket), ("k", charge.Key),
            ("c", charge.Limit.CostMs), ("d", charge.Limit.DepthMs),
        })
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = $"{name}{i}";
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }
    }

    private static string Sql(int buckets)
    {
        if (texts[buckets] is { } known) return known;
        var rows = new StringBuilder();
        for (int i = 0; i < buckets; i++)
            rows.Append(i == 0 ? "" : ", ").Append(System.Globalization.CultureInfo.InvariantCulture, $"(@o{i}, @s{i}, @b{i}, @k{i}, @now + @c{i}, @c{i}, @d{i}, null)");
        return texts[buckets] = $"""
            insert into throttle (organization_id, storefront_id, bucket, key, paid_until_ms, cost_ms, depth_ms, refused_ms)
            values {rows}
            on conflict (organization_id, storefront_id, bucket, key) do update set
              paid_until_ms = case
                when throttle.paid_until_ms <= @now then excluded.paid_until_ms
                when throttle.paid_until_ms + excluded.cost_ms - @now <= excluded.depth_ms then throttle.paid_until_ms + excluded.cost_ms
                else throttle.paid_until_ms end,
              cost_ms = excluded.cost_ms,
              depth_ms = excluded.depth_ms,
              refused_ms = case when throttle.paid_until_ms > @now and throttle.paid_until_ms + excluded.cost_ms - @now > excluded.depth_ms then @now end
            returning refused_ms, paid_until_ms, cost_ms, depth_ms, bucket
            """;
    }

    private static readonly string?[] texts = new string?[16];

    private sealed record Refusal(string Bucket, long Until)
    {
        public static Refusal Read(DbDataReader r) => new(r.GetString(4), r.IsDBNull(0) ? 0 : r.GetInt64(1) + r.GetInt64(2) - r.GetInt64(3));
    }
}

/// <summary>One use of one bucket.</summary>
internal sealed record Charge(StorefrontKey Where, string Bucket, string Key, Limit Limit)
{
    /// <summary>Counted over the whole installation, whatever the tenant.</summary>
    public static Charge Installation(string bucket, string key, Limit limit) => new(default, bucket, key, limit);
}

/// <summary>A use that was refused.</summary>
/// <param name="Until">When the slowest of the refusing buckets would grant one.</param>
/// <param name="Buckets">The buckets that refused.</param>
internal sealed record RefusedUse(DateTimeOffset Until, IReadOnlyList<string> Buckets);

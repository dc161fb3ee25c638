using System.Data.Common;
using Dapper;
using Latchkey.Platform.Data;

namespace Latchkey.Features.Revenue;

/// <summary>What came in by month, and what is not paid by how long it has been due; each currency by itself.</summary>
public sealed class RevenueReport(Database database, TimeProvider clock)
{
    private const int Months = 12;
    private static readonly DateOnly Ever = new(1, 1, 1), Never = new(9999, 12, 31);

    /// <returns>One for each currency that there is money in; months by the UTC calendar, the oldest first, the last one not over yet.</returns>
    public Task<IReadOnlyList<CurrencyRevenue>> RunAsync(Guid organizationId, CancellationToken cancel) => database.ReadAsync<IReadOnlyList<CurrencyRevenue>>(async c =>
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var received = new List<(DateOnly Month, Row Row)>();
        var months = Enumerable.Range(1 - Months, Months).Select(n => new DateOnly(today.Year, today.Month, 1).AddMonths(n)).ToList();
        foreach (var month in months)
            received.AddRange((await ReadAsync(c, RevenueSql.Received, new { organizationId, from = Start(month), until = Start(month.AddMonths(1)) }, cancel)).Select(row => (month, row)));

        var unpaid = new List<(Ageing Ageing, Row Row)>();
        foreach (var (ageing, from, to) in Buckets(today))
            unpaid.AddRange((await ReadAsync(c, RevenueSql.Unpaid, new { organizationId, from = IsoDay.Of(from), to = IsoDay.Of(to) }, cancel)).Select(row => (ageing, row)));

        return [.. received.Select(r => r.Row.Currency).Union(unpaid.Select(u => u.Row.Currency), StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(currency => new CurrencyRevenue(currency,
            [.. months.Select(m => new MonthReceived(m, AmountOf(received, m, currency)))],
            [.. Enum.GetValues<Ageing>().Select(a => new AmountUnpaid(a, NumberOf(unpaid, a, currency), AmountOf(unpaid, a, currency)))]))];
    }, cancel);

    private static IEnumerable<(Ageing Ageing, DateOnly From, DateOnly To)> Buckets(DateOnly today) =>
    [
        (Ageing.NotYetDue, today, Never),
        (Ageing.UpTo30Days, today.AddDays(-30), today.AddDays(-1)),
        (Ageing.UpTo60Days, today.AddDays(-60), today.AddDays(-31)),
        (Ageing.UpTo90Days, today.AddDays(-90), today.AddDays(-61)),
        (Ageing.Older, Ever, today.AddDays(-91)),
    ];

    private static DateTimeOffset Start(DateOnly month) => new(month, TimeOnly.MinValue, TimeSpan.Zero);

    private static Task<IEnumerable<Row>> ReadAsync(DbConnection connection, string sql, object parameters, CancellationToken cancel) =>
        connection.QueryAsync<Row>(new CommandDefinition(sql, parameters, cancellationToken: cancel));

    private static long AmountOf<T>(IEnumerable<(T Key, Row Row)> rows, T key, string currency) where T : notnull => rows.Where(r => r.Key.Equals(key) && r.Row.Currency == currency).Sum(r => r.Row.Amount);

    private static long NumberOf<T>(IEnumerable<(T Key, Row Row)> rows, T key, string currency) where T : notnull => rows.Where(r => r.Key.Equals(key) && r.Row.Currency == currency).Sum(r => r.Row.Number);

    private sealed record Row
    {
        public required string Currency { get; init; }
        public required long Number { get; init; }
        public required long Amount { get; init; }
    }
}

/// <param name="Currency">ISO 4217.</param>
/// <param name="Months">What came in, less what was given back; the oldest month first.</param>
/// <param name="Unpaid">What is owed, one for each age.</param>
public sealed record CurrencyRevenue(string Currency, IReadOnlyList<MonthReceived> Months, IReadOnlyList<AmountUnpaid> Unpaid);

/// <param name="Month">Its first day.</param>
/// <param name="Amount">Minor units; less than nothing where more was given back.</param>
public sealed record MonthReceived(DateOnly Month, long Amount);

/// <param name="Ageing">How long it has been due.</param>
/// <param name="Invoices">How many.</param>
/// <param name="Amount">Minor units.</param>
public sealed record AmountUnpaid(Ageing Ageing, long Invoices, long Amount);

/// <summary>How long an invoice has been due.</summary>
public enum Ageing
{
    NotYetDue,
    UpTo30Days,
    UpTo60Days,
    UpTo90Days,
    Older,
}

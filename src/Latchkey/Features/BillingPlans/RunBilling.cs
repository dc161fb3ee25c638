using Dapper;
using Latchkey.Features.Invoices;
using Latchkey.Features.Payments;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Data;

namespace Latchkey.Features.BillingPlans;

/// <summary>
/// Writes the invoices of active subscriptions, each period once however often it runs and on however many nodes, and has their money asked
/// for. Periods that began while no server ran are caught up with, each by an invoice of its own.
/// </summary>
public sealed partial class RunBilling(Database database, CreateInvoice createInvoice, CollectInvoices collectInvoices, ActivityLog activity, TimeProvider clock, ILogger<RunBilling> log)
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    public async Task<BillingPlan> PlanAsync(Guid organization, CancellationToken cancel) =>
        await database.ReadAsync(c => c.QuerySingleOrDefaultAsync<BillingPlan?>(BillingPlanSql.Find, new { organization }), cancel) ?? BillingPlan.None;

    public Task SaveAsync(Guid organization, BillingPlan plan, string staff) => database.WriteAsync(async t =>
    {
        await t.Connection!.ExecuteAsync(BillingPlanSql.Save, new { organization, plan.Runs, plan.Anniversary, plan.TaxRate, plan.DueDays, today = IsoDay.Of(clock.GetUtcNow()), now = clock.GetUtcNow() }, t);
        await activity.AppendAsync(t, new Happened(organization, ActivityType.STAFF, "changed the billing plan") { Actor = staff });
    });

    /// <summary>Runs for every organization whose turn it is.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (await database.ReadAsync(c => c.ExecuteScalarAsync<int?>(BillingPlanSql.IsAnyDue, new { yes = true, before = now - Every }), cancel) is null) return;
        var turns = await database.WriteAsync(async t => (await t.Connection!.QueryAsync<Turn>(BillingPlanSql.Claim, new { yes = true, now, today = IsoDay.Of(now), before = now - Every }, t)).AsList(), cancel);
        foreach (var turn in turns) await RunAsync(turn, cancel);
        await collectInvoices.RunAsync(cancel);
    }

    private async Task RunAsync(Turn turn, CancellationToken cancel)
    {
        var (organization, today) = (turn.OrganizationId, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));
        for (var after = TimeIds.Before; ;)
        {
            var page = await database.ReadAsync(async c => (await c.QueryAsync<Held>(BillingPlanSql.ToBill, new { organization, after, today = IsoDay.Of(today), from = turn.BillsFrom })).AsList(), cancel);
            foreach (var held in page)
            {
                for (var billedTo = IsoDay.TryRead(held.BilledTo); Next(turn, held, billedTo, today) is { } period; billedTo = period.End)
                    if (!await BillAsync(turn, held, billedTo, period, today)) break;
                after = held.Id;
            }
            if (page.Count == 0) return;
        }
    }

    /// <summary>What was entered with a day of long ago was somebody else's to bill until it was entered: its id tells when that was.</summary>
    private static BillingPeriod? Next(Turn turn, Held held, DateOnly? billedTo, DateOnly today)
    {
        var (entered, from) = (DateOnly.FromDateTime(TimeIds.At(held.Id).UtcDateTime), IsoDay.Read(turn.BillsFrom));
        if (entered > today) entered = today;
        return BillingPeriod.Next(turn.Anniversary, (IsoDay.Read(held.StartedOn), IsoDay.TryRead(held.LastDay)), billedTo, entered > from ? entered : from, today);
    }

    /// <returns>False when another node was first, or nobody can be asked for so much at once.</returns>
    private Task<bool> BillAsync(Turn turn, Held held, DateOnly? billedTo, BillingPeriod period, DateOnly today) => database.WriteAsync(async t =>
    {
        if (await t.Connection!.ExecuteScalarAsync<string?>(BillingPlanSql.BilledTo, new { organization = turn.OrganizationId, held.Id }, t) != IsoDay.Of(billedTo)) return false;
        string what = string.Join(", ", new[] { held.Facility, held.Name, held.Unit }.OfType<string>());
        var line = new NewLine($"{what} ({IsoDay.Of(period.Start)} – {IsoDay.Of(period.End)})", 1, period.Part(held.Price), turn.TaxRate);
        if (line.Net + line.Tax > CreateInvoice.MostTotal)
        {
            TooMuch(held.Id);
            return false;
        }
        await createInvoice.InTransactionAsync(t, new NewInvoice
        {
            OrganizationId = turn.OrganizationId, StorefrontId = held.StorefrontId, ContactId = held.ContactId, SubscriptionId = held.Id, Currency = held.Currency,
            Lines = [line], DueOn = today.AddDays(turn.DueDays), PeriodStart = period.Start, PeriodEnd = period.End, Collects = true,
        });
        return true;
    });

    [LoggerMessage(Level = LogLevel.Error, Message = "Subscription {Subscription} costs more than one invoice can ask for, and is not billed.")]
    private partial void TooMuch(Guid subscription);

    private sealed record Turn
    {
        public required Guid OrganizationId { get; init; }
        public required bool Anniversary { get; init; }
        public required int TaxRate { get; init; }
        public required int DueDays { get; init; }
        public required string BillsFrom { get; init; }
    }

    private sealed record Held
    {
        public required Guid Id { get; init; }
        public required Guid ContactId { get; init; }
        public required Guid StorefrontId { get; init; }
        public required string Name { get; init; }
        public required string Facility { get; init; }
        public string? Unit { get; init; }
        public required long Price { get; init; }
        public required string Currency { get; init; }
        public required string StartedOn { get; init; }
        /// <summary>When it has ended, or is to end.</summary>
        public string? LastDay { get; init; }
        public string? BilledTo { get; init; }
    }
}

using Dapper;
using Latchkey.Features.Invoices;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Data;

namespace Latchkey.Features.BillingPlans;

/// <summary>
/// Writes the invoices of active subscriptions, each period once however often it runs and on however many nodes, and then charges the
/// method on file or mails the invoice.
/// </summary>
public sealed class RunBilling(Database database, CreateInvoice createInvoice, FinishBilling finishBilling, ActivityLog activity, TimeProvider clock)
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    public async Task<BillingPlan> PlanAsync(Guid organization, CancellationToken cancel) =>
        await database.ReadAsync(c => c.QuerySingleOrDefaultAsync<BillingPlan?>(BillingPlanSql.Find, new { organization }), cancel) ?? BillingPlan.None;

    public Task SaveAsync(Guid organization, BillingPlan plan, string staff) => database.WriteAsync(async t =>
    {
        await t.Connection!.ExecuteAsync(BillingPlanSql.Save, new { organization, plan.Runs, plan.Anniversary, plan.TaxRate, plan.DueDays, now = clock.GetUtcNow() }, t);
        await activity.AppendAsync(t, new Happened(organization, ActivityType.STAFF, "changed the billing plan") { Actor = staff });
    });

    /// <summary>Runs for every organization whose turn it is.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (await database.ReadAsync(c => c.ExecuteScalarAsync<int?>(BillingPlanSql.IsAnyDue, new { yes = true, before = now - Every }), cancel) is null) return;
        var turn = await database.WriteAsync(async t => (await t.Connection!.QueryAsync<Turn>(BillingPlanSql.Claim, new { yes = true, now, before = now - Every }, t)).AsList(), cancel);
        foreach (var one in turn)
        {
            await finishBilling.RunAsync(one.OrganizationId, cancel);
            await RunAsync(one.OrganizationId, new BillingPlan { Runs = true, Anniversary = one.Anniversary, TaxRate = one.TaxRate, DueDays = one.DueDays }, cancel);
        }
    }

    private async Task RunAsync(Guid organization, BillingPlan plan, CancellationToken cancel)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        for (var after = TimeIds.Before; ;)
        {
            var page = await database.ReadAsync(async c => (await c.QueryAsync<Held>(BillingPlanSql.ToBill, new { organization, after, today = IsoDay.Of(today) })).AsList(), cancel);
            foreach (var held in page)
            {
                if (await BillAsync(organization, plan, held, today) is { } made) await finishBilling.AskAsync(organization, made, cancel);
                after = held.Id;
            }
            if (page.Count == 0) return;
        }
    }

    private Task<Guid?> BillAsync(Guid organization, BillingPlan plan, Held held, DateOnly today) => database.WriteAsync(async t =>
    {
        if (await t.Connection!.ExecuteScalarAsync<int?>(BillingPlanSql.IsBilled, new { organization, held.Id, today = IsoDay.Of(today) }, t) is not null) return (Guid?)null;
        var period = BillingPeriod.Of(plan.Anniversary, IsoDay.Read(held.StartedOn), today);
        string what = string.Join(", ", new[] { held.Facility, held.Name, held.Unit }.OfType<string>());
        return (await createInvoice.InTransactionAsync(t, new NewInvoice
        {
            OrganizationId = organization, StorefrontId = held.StorefrontId, ContactId = held.ContactId, SubscriptionId = held.Id, Currency = held.Currency,
            Lines = [new NewLine(what, 1, period.Part(held.Price), plan.TaxRate)], DueOn = today.AddDays(plan.DueDays), PeriodStart = period.Start, PeriodEnd = period.End,
        })).Id;
    });

    private sealed record Turn
    {
        public required Guid OrganizationId { get; init; }
        public required bool Anniversary { get; init; }
        public required int TaxRate { get; init; }
        public required int DueDays { get; init; }
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
    }
}

namespace Latchkey.Features.BillingPlans;

/// <summary>The statements of the billing run.</summary>
internal static class BillingPlanSql
{
    public const string Find = "select runs, anniversary, tax_rate, due_days from billing_plan where organization_id = @organization";

    public const string Save = """
        insert into billing_plan (organization_id, runs, anniversary, tax_rate, due_days, bills_from, updated_at) values (@organization, @Runs, @Anniversary, @TaxRate, @DueDays, @today, @now)
        on conflict (organization_id) do update set runs = excluded.runs, anniversary = excluded.anniversary, tax_rate = excluded.tax_rate, due_days = excluded.due_days,
          bills_from = case when billing_plan.runs then billing_plan.bills_from else excluded.bills_from end, ran_at = null, updated_at = excluded.updated_at
        """;

    public const string IsAnyDue = "select 1 from billing_plan where runs = @yes and (ran_at is null or ran_at <= @before) limit 1";

    public const string Claim = """
        update billing_plan set ran_at = @now, bills_from = coalesce(bills_from, @today)
        where organization_id in (select organization_id from billing_plan where runs = @yes and (ran_at is null or ran_at <= @before) limit 5) and runs = @yes and (ran_at is null or ran_at <= @before)
        returning organization_id, anniversary, tax_rate, due_days, bills_from
        """;

    /// <summary>What runs, or has ended since invoices are written, and has no invoice, void or not, that reaches to today or to its last day.</summary>
    public const string ToBill = """
        select s.id, s.contact_id, s.name, s.price, s.currency, s.started_on, coalesce(s.ended_on, s.ends_on) as last_day, f.storefront_id, f.name as facility, u.number as unit,
          (select max(i.period_end) from invoice i where i.organization_id = s.organization_id and i.subscription_id = s.id) as billed_to
        from subscription s
        join facility f on f.organization_id = s.organization_id and f.id = s.facility_id
        left join unit u on u.organization_id = s.organization_id and u.id = s.unit_id
        where s.organization_id = @organization and s.id > @after and s.price > 0 and s.started_on <= @today and (s.ended_on is null or s.ended_on >= @from)
          and not exists (select 1 from invoice i where i.organization_id = s.organization_id and i.subscription_id = s.id
            and i.period_end >= case when coalesce(s.ended_on, s.ends_on) < @today then coalesce(s.ended_on, s.ends_on) else @today end)
        order by s.id limit 100
        """;

    public const string BilledTo = "select max(period_end) from invoice where organization_id = @organization and subscription_id = @Id";
}

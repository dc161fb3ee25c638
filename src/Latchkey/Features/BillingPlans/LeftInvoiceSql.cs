namespace Latchkey.Features.BillingPlans;

/// <summary>Invoices of a billing run that nobody was asked to pay.</summary>
internal static class LeftInvoiceSql
{
    public const string Left = """
        select i.id from invoice i
        where i.organization_id = @organization and i.state = 'pending' and i.subscription_id is not null and i.period_start is not null and i.sign_up_id is null
          and i.created_at > @since and i.created_at <= @before
          and not exists (select 1 from payment_invoice p where p.organization_id = i.organization_id and p.invoice_id = i.id)
          and not exists (select 1 from activity a where a.organization_id = i.organization_id and a.subject_id = i.id and a.event = 'invoice sent')
        order by i.id limit 100
        """;
}

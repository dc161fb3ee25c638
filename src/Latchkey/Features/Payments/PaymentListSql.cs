namespace Latchkey.Features.Payments;

/// <summary>The statements that show payments.</summary>
internal static class PaymentListSql
{
    private const string Columns = "p.id, p.contact_id, p.kind, p.state, p.amount, p.currency, p.refunded, p.provider, p.paid_by, p.method_name, p.reason, p.suspect, p.actor, p.created_at, p.settled_at";

    /// <summary>The newest dispute of each payment.</summary>
    private const string Dispute = """
        left join dispute d on d.organization_id = p.organization_id
          and d.id = (select x.id from dispute x where x.organization_id = p.organization_id and x.payment_id = p.id order by x.id desc limit 1)
        """;

    private const string DisputeColumns = "d.amount as dispute_amount, d.state as dispute_state, d.answer_by";

    public const string OfInvoice = $"""
        select {Columns}, {DisputeColumns}, c.full_name from payment_invoice i join payment p on p.organization_id = i.organization_id and p.id = i.payment_id
        join contact c on c.organization_id = p.organization_id and c.id = p.contact_id
        {Dispute}
        where i.organization_id = @organization and i.invoice_id = @invoice order by p.id desc
        """;

    public const string Find = $"""
        with page as (
          select p.organization_id, {Columns} from payment p
          where p.organization_id = @organization and p.id < @after and (@state = '' or (@state = 'suspect' and p.suspect = @yes)
            or (@state = 'disputed' and p.id in (select x.payment_id from dispute x where x.organization_id = @organization)) or p.state = @state)
          order by p.id desc limit @most)
        select p.*, {DisputeColumns}, c.full_name from page p join contact c on c.organization_id = p.organization_id and c.id = p.contact_id
        {Dispute}
        order by p.id desc
        """;
}

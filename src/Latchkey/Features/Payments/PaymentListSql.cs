namespace Latchkey.Features.Payments;

/// <summary>The statements that show payments.</summary>
internal static class PaymentListSql
{
    private const string Columns = "p.id, p.contact_id, p.kind, p.state, p.amount, p.currency, p.refunded, p.provider, p.paid_by, p.method_name, p.reason, p.suspect, p.actor, p.created_at, p.settled_at";

    public const string OfInvoice = $"""
        select {Columns}, c.full_name from payment_invoice i join payment p on p.organization_id = i.organization_id and p.id = i.payment_id
        join contact c on c.organization_id = p.organization_id and c.id = p.contact_id
        where i.organization_id = @organization and i.invoice_id = @invoice order by p.id desc
        """;

    public const string Find = $"""
        with page as (
          select p.organization_id, {Columns} from payment p
          where p.organization_id = @organization and p.id < @after and (@state = '' or (@state = 'suspect' and p.suspect = @yes) or p.state = @state)
          order by p.id desc limit @most)
        select page.*, c.full_name from page join contact c on c.organization_id = page.organization_id and c.id = page.contact_id order by page.id desc
        """;
}

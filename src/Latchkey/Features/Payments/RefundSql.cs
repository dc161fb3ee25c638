namespace Latchkey.Features.Payments;

/// <summary>The statements of refunds.</summary>
internal static class RefundSql
{
    public const string Refundable = """
        select p.payment_id, p.amount, p.given_back from payment_invoice p
        join payment y on y.organization_id = p.organization_id and y.id = p.payment_id and y.state = 'paid'
        where p.organization_id = @organization and p.invoice_id = @invoice and p.given_back < p.amount
        order by p.payment_id desc limit 1
        """;

    /// <summary>Of two at once, one counts from what the other left.</summary>
    public const string Count = """
        update payment_invoice set given_back = given_back + @amount
        where organization_id = @organization and payment_id = @PaymentId and invoice_id = @invoice and given_back = @GivenBack and given_back + @amount <= amount
        """;

    public const string Request = """
        insert into refund (organization_id, id, payment_id, invoice_id, amount, reason, state, actor, created_at, due_at)
        values (@organization, @id, @PaymentId, @invoice, @amount, @reason, 'queued', @staff, @now, @now)
        """;
}

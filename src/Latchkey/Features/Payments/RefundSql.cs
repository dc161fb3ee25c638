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

    /// <summary>What we asked to give back of an invoice, and what was not refused.</summary>
    public const string OfInvoice = """
        select coalesce(sum(amount), 0) from refund where organization_id = @organization and payment_id = @id and invoice_id = @invoice and state in ('pending', 'done')
        """;

    /// <summary>The provider's own count, when it is more than ours: somebody gave money back there.</summary>
    public const string Given = """
        update payment_invoice set given_back = @here where organization_id = @organization and payment_id = @id and invoice_id = @invoice and given_back < @here
        """;

    public const string OfPayment = "update payment set refunded = @refunded where organization_id = @organization and id = @id and refunded <> @refunded";

    public const string Claim = """
        update refund set attempts = attempts + 1, due_at = @leaseEnd
        where (organization_id, id) in (select organization_id, id from refund where due_at <= @now order by due_at limit 10) and due_at <= @now
        returning organization_id, id, payment_id, invoice_id, amount, attempts, state
        """;

    public const string IsAnyDue = "select 1 from refund where due_at <= @now limit 1";

    public const string Sent = """
        update refund set state = @state, refund_id = @refundId, problem = @problem, settled_at = @now, due_at = @dueAt
        where organization_id = @OrganizationId and id = @Id and attempts = @Attempts and state = 'queued'
        """;

    /// <summary>It did not go back: it may be asked for again.</summary>
    public const string TakeBack = """
        update payment_invoice set given_back = given_back - @Amount where organization_id = @OrganizationId and payment_id = @PaymentId and invoice_id = @InvoiceId and given_back >= @Amount
        """;

    public const string Later = "update refund set due_at = @dueAt where organization_id = @OrganizationId and id = @Id and attempts = @Attempts and state in ('queued', 'pending')";

    /// <summary>What the provider has of ours and may still turn round: even what went back at once can come back days later.</summary>
    public const string Made = "select id, invoice_id, amount, refund_id from refund where organization_id = @organization and payment_id = @id and state in ('pending', 'done') and refund_id is not null";

    public const string Done = "update refund set state = 'done', settled_at = @now, due_at = null where organization_id = @organization and id = @Id and state = 'pending'";

    public const string Failed = """
        update refund set state = 'failed', problem = @problem, settled_at = @now, due_at = null where organization_id = @organization and id = @Id and state in ('pending', 'done')
        """;

    public const string List = """
        select id, amount, reason, state, problem, actor, created_at from refund where organization_id = @organization and invoice_id = @invoice order by id desc
        """;
}

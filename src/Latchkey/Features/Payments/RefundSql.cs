namespace Latchkey.Features.Payments;

/// <summary>The statements of refunds.</summary>
internal static class RefundSql
{
    public const string Refundable = """
        select p.payment_id, p.amount, p.given_back, y.currency from payment_invoice p
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
        insert into refund (organization_id, id, payment_id, invoice_id, amount, reason, state, actor, asked_by, created_at, due_at)
        values (@organization, @id, @PaymentId, @invoice, @amount, @reason, @state, @staff, @askedBy, @now, @dueAt)
        """;

    public const string Look = "update payment set refund_looks = refund_looks + 1 where organization_id = @organization and id = @id returning refund_looks";

    public const string Looks = "select refund_looks from payment where organization_id = @organization and id = @id";

    /// <summary>Changes nothing; whoever has looked before somebody else did finds no row.</summary>
    public const string HoldPayment = "update payment set refunded = refunded where organization_id = @organization and id = @id and refund_looks = @look";

    public const string HoldParts = "update payment_invoice set given_back = given_back where organization_id = @organization and payment_id = @id";

    public const string Parts = """
        select p.invoice_id, p.amount, i.total, i.refunded,
          (select cast(coalesce(sum(o.amount - o.given_back), 0) as bigint) from payment_invoice o join payment y on y.organization_id = o.organization_id and y.id = o.payment_id and y.state = 'paid'
            where o.organization_id = @organization and o.invoice_id = p.invoice_id and o.payment_id <> @id) as kept
        from payment_invoice p join invoice i on i.organization_id = p.organization_id and i.id = p.invoice_id
        where p.organization_id = @organization and p.payment_id = @id order by p.invoice_id
        """;

    public const string Own = """
        select id, invoice_id, amount, state, refund_id from refund where organization_id = @organization and payment_id = @id and state in ('asked', 'queued', 'pending', 'done')
        """;

    /// <summary>Down as well as up: what somebody gave back at the provider may have failed since.</summary>
    public const string GivenBack = """
        update payment_invoice set given_back = @given where organization_id = @organization and payment_id = @id and invoice_id = @invoice and given_back <> @given
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

    public const string Asked = """
        select r.id, r.payment_id, r.invoice_id, r.amount, r.state, r.actor, r.asked_by, i.storefront_id, i.contact_id, i.currency
        from refund r join invoice i on i.organization_id = r.organization_id and i.id = r.invoice_id where r.organization_id = @organization and r.id = @id
        """;

    /// <summary>What whoever asked is at this moment, here or in the installation.</summary>
    public const string MayAsk = """
        select 1 from staff_member m where m.account_id = @AskedBy and m.removed_at is null
          and (m.organization_id = @organization and m.role in ('Manager', 'Owner') or m.organization_id = @installation and m.role = 'Support') limit 1
        """;

    /// <summary>Of two decisions one counts.</summary>
    public const string Approve = "update refund set state = 'queued', due_at = @now, decided_by = @by where organization_id = @organization and id = @id and state = 'asked' and due_at > @now";

    public const string Close = "update refund set state = @state, due_at = null, settled_at = @now, decided_by = @by where organization_id = @organization and id = @Id and state = 'asked'";

    /// <summary>Those above the limit that nobody has decided about.</summary>
    public const string Waiting = """
        select r.id, r.invoice_id, r.amount, r.actor, r.created_at, i.currency, i.number, i.reference, c.full_name
        from refund r join invoice i on i.organization_id = r.organization_id and i.id = r.invoice_id join contact c on c.organization_id = i.organization_id and c.id = i.contact_id
        where r.organization_id = @organization and r.state = 'asked' order by r.id desc limit 100
        """;

    public const string CountWaiting = "select count(*) from refund where organization_id = @organization and state = 'asked'";

    public const string Limit = "select amount, currency from refund_limit where organization_id = @organization";

    public const string NoLimit = "delete from refund_limit where organization_id = @organization";

    public const string SetLimit = "insert into refund_limit (organization_id, amount, currency, set_by, set_at) values (@organization, @amount, @Currency, @staff, @now)";

    public const string List = """
        select id, amount, reason, state, problem, actor, asked_by, decided_by, created_at, due_at from refund where organization_id = @organization and invoice_id = @invoice order by id desc
        """;
}

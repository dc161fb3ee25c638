namespace Latchkey.Features.Invoices;

/// <summary>The statements that write invoices and move them from state to state.</summary>
internal static class InvoiceSql
{
    public const string NextNumber = """
        insert into invoice_number (organization_id, last) values (@OrganizationId, 1)
        on conflict (organization_id) do update set last = invoice_number.last + 1 returning last
        """;

    public const string Create = """
        insert into invoice (organization_id, id, storefront_id, contact_id, subscription_id, sign_up_id, number, currency, subtotal, tax, total, state, issued_on, due_on,
          period_start, period_end, created_at, paid_at, collect_at)
        values (@OrganizationId, @id, @StorefrontId, @ContactId, @SubscriptionId, @SignUpId, @number, @Currency, @subtotal, @tax, @total, @state, @issuedOn, @dueOn,
          @periodStart, @periodEnd, @now, @paidAt, @collectAt)
        """;

    public const string AddLines = """
        insert into invoice_line (organization_id, invoice_id, position, description, quantity, amount, tax_rate, tax)
        values [(@OrganizationId, @id, @Position#, @Description#, @Quantity#, @Amount#, @TaxRate#, @Tax#)]
        """;

    public const string Collected = "update invoice set collect_at = null where organization_id = @organization and id = @invoice and collect_at is not null";

    /// <summary>Of two that would mail it one does, and none once it is paid.</summary>
    public const string CollectedByMail = """
        update invoice set collect_at = null where organization_id = @organization and id = @invoice and collect_at is not null and state in ('pending', 'failed')
        """;

    private const string Moved = "returning id as invoice_id, storefront_id, contact_id, subscription_id, sign_up_id, number, reference, total, currency";

    /// <summary>A payment of it is under way: a bank takes days.</summary>
    public const string Processing = """
        update invoice set state = 'processing', reason = null where organization_id = @organization and id = @invoice and state in ('pending', 'failed')
        """;

    public const string Failed = $"""
        update invoice set state = 'failed', reason = @reason where organization_id = @organization and id = @invoice and state in ('pending', 'processing') {Moved}
        """;

    public const string SignUpOf = "select sign_up_id from invoice where organization_id = @organization and id = @invoice";

    public const string Paid = $"""
        update invoice set state = 'paid', paid_at = @now, paid_by = @paidBy, reason = null
        where organization_id = @organization and id = @invoice and state in ('pending', 'processing', 'failed') {Moved}
        """;

    public const string Void = $"""
        update invoice set state = 'void', voided_at = @now, reason = null
        where organization_id = @organization and id = @invoice and state in ('pending', 'failed')
          and not exists (select 1 from payment_invoice p where p.organization_id = @organization and p.invoice_id = @invoice and p.live) {Moved}
        """;

    public const string Refunded = """
        update invoice set refunded = @refunded, state = case when @refunded >= total then 'refunded' else 'paid' end
        where organization_id = @organization and id = @invoice and state in ('paid', 'refunded') and refunded <> @refunded
        """;

    public const string NotRefunded = """
        update invoice set refunded = refunded - @amount, state = 'paid' where organization_id = @organization and id = @invoice and state in ('paid', 'refunded') and refunded >= @amount
        """;
}

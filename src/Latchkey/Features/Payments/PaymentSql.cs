namespace Latchkey.Features.Payments;

/// <summary>The statements of payments: how they start, and how they end.</summary>
internal static class PaymentSql
{
    private const string Columns = """
        organization_id, id, storefront_id, account_id, contact_id, kind, state, amount, currency, provider, customer_id, checkout_id, intent_id, method_id, keeps_method, address,
          suspect, created_at, expires_at, look_at
        """;

    public const string Find = $"select {Columns} from payment where organization_id = @organization and id = @id";

    public const string FindByCheckout = "select organization_id, id from payment where organization_id = @organization and checkout_id = @name";

    public const string FindByIntent = "select organization_id, id from payment where organization_id = @organization and intent_id = @name";

    /// <summary>By the installation's account, which serves every organization that has none of its own.</summary>
    public const string FindByCheckoutAnywhere = "select organization_id, id from payment where checkout_id = @name and provider = 'stripe'";

    public const string FindByIntentAnywhere = "select organization_id, id from payment where intent_id = @name and provider = 'stripe'";

    /// <summary>A payment that says what it is itself; whether that is true is found out at the provider.</summary>
    public const string FindByIdAnywhere = "select organization_id, id from payment where id = @id and provider = 'stripe'";

    public const string Invoice = """
        select id, number, total, currency, contact_id, state from invoice where organization_id = @OrganizationId and storefront_id = @Id and id = @invoice
        """;

    public const string CurrencyOf = """
        select coalesce((select currency from unit_type where organization_id = @OrganizationId limit 1), (select currency from subscription where organization_id = @OrganizationId limit 1))
        """;

    public const string LiveOf = """
        select p.id from payment_invoice i join payment p on p.organization_id = i.organization_id and p.id = i.payment_id
        where i.organization_id = @organization and i.invoice_id = @invoice and i.live
        """;

    public const string InvoicesOf = "select invoice_id from payment_invoice where organization_id = @organization and payment_id = @id order by invoice_id";

    public const string PartsOf = "select invoice_id, amount from payment_invoice where organization_id = @organization and payment_id = @id order by invoice_id";

    public const string Create = """
        insert into payment (organization_id, id, storefront_id, account_id, contact_id, kind, state, amount, currency, provider, customer_id, method_id, keeps_method, actor, paid_by,
          created_at, expires_at, settled_at, look_at)
        values (@OrganizationId, @Id, @StorefrontId, @AccountId, @ContactId, @Kind, @State, @Amount, @Currency, @Provider, @CustomerId, @MethodId, @KeepsMethod, @Actor, @PaidBy,
          @now, @ExpiresAt, @SettledAt, @LookAt)
        """;

    /// <summary>One payment of an invoice at a time: of two that start at once, one adds no row.</summary>
    public const string Take = """
        insert into payment_invoice (organization_id, payment_id, invoice_id, amount, live)
        select organization_id, @payment, id, total, @live from invoice
        where organization_id = @organization and id = @invoice and total = @amount and state in ('pending', 'failed')
        on conflict do nothing
        """;

    public const string Forget = """
        delete from payment_invoice where organization_id = @organization and payment_id = @payment;
        delete from payment where organization_id = @organization and id = @payment
        """;

    public const string Opened = """
        update payment set state = 'open', customer_id = @customer, checkout_id = @checkout, intent_id = @intent, address = @address, expires_at = @expiresAt, look_at = @lookAt
        where organization_id = @organization and id = @id and state = 'starting'
        """;

    public const string Charged = "update payment set intent_id = @intent where organization_id = @organization and id = @id and state = 'starting'";

    /// <summary>An event named the charge before its answer came; whoever was to look for it need not.</summary>
    public const string Adopt = """
        update payment set intent_id = @intent, suspect = @no, reason = null
        where organization_id = @organization and id = @id and kind = 'autopay' and state = 'starting' and intent_id is null
        """;

    private const string Settled = "returning storefront_id, account_id, contact_id, kind, amount, currency, keeps_method";

    public const string Processing = $"""
        update payment set state = 'processing', intent_id = coalesce(@intent, intent_id), look_at = @lookAt, address = null, reason = null
        where organization_id = @organization and id = @id and state in ('starting', 'open') {Settled}
        """;

    /// <summary>Whatever it was: money that came has come.</summary>
    public const string Paid = $"""
        update payment set state = 'paid', intent_id = coalesce(@intent, intent_id), paid_by = @paidBy, method_name = @methodName, settled_at = @now, look_at = null, address = null, reason = null
        where organization_id = @organization and id = @id and state <> 'paid' and not suspect {Settled}
        """;

    public const string Failed = $"""
        update payment set state = 'failed', intent_id = coalesce(@intent, intent_id), reason = @reason, settled_at = @now, look_at = null, address = null
        where organization_id = @organization and id = @id and state in ('starting', 'open', 'processing') {Settled}
        """;

    public const string Ended = $"""
        update payment set state = 'ended', reason = @reason, settled_at = @now, look_at = null, address = null
        where organization_id = @organization and id = @id and state in ('starting', 'open') {Settled}
        """;

    public const string Release = "update payment_invoice set live = @no where organization_id = @organization and payment_id = @id";

    /// <summary>A try that failed while the checkout goes on.</summary>
    public const string Tried = "update payment set intent_id = coalesce(@intent, intent_id), reason = @reason, look_at = @lookAt where organization_id = @organization and id = @id and state in ('open', 'processing')";

    public const string Suspect = "update payment set suspect = @yes, reason = @reason, look_at = null where organization_id = @organization and id = @id and state <> 'paid' and not suspect";

    /// <summary>Staff have looked, and ask for the money another way or not at all.</summary>
    public const string LetGo = """
        update payment set state = 'failed', settled_at = @now, look_at = null, address = null
        where organization_id = @organization and id = @id and suspect and state in ('starting', 'open', 'processing')
        """;

    public const string LookLater = "update payment set look_at = @lookAt where organization_id = @organization and id = @id and state in ('starting', 'open', 'processing')";

    public const string Due = """
        update payment set look_at = @leaseEnd
        where (organization_id, id) in (select organization_id, id from payment where look_at <= @now order by look_at limit 20) and look_at <= @now
        returning organization_id, id, kind, state
        """;

    public const string IsAnyDue = "select 1 from payment where look_at <= @now limit 1";
}

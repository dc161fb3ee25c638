namespace Latchkey.Features.Payments;

/// <summary>The statements of payment methods and of the checkouts that add them.</summary>
internal static class MethodSql
{
    private const string Columns = "m.id, m.customer_id, m.method_id, m.type, m.brand, m.bank, m.last4, m.exp_month, m.exp_year, m.mandate_id, m.state, m.is_default, m.verify_url, m.verify_by";

    public const string OfAccount = $"""
        select {Columns}, c.provider, c.customer_id as customer_name from payment_customer c
        join payment_method m on m.organization_id = c.organization_id and m.customer_id = c.id and m.state <> 'removed'
        where c.organization_id = @organization and c.account_id = @account
        order by m.is_default desc, m.created_at desc, m.id
        """;

    public const string OfCustomer = $"select {Columns} from payment_method m where m.organization_id = @organization and m.customer_id = @customer and m.state <> 'removed' order by m.created_at, m.id";

    /// <summary>What pays an invoice by itself: the default of the first account that shows its contact.</summary>
    public const string ForContact = """
        select m.method_id, m.type, m.mandate_id, c.provider, c.customer_id as customer_name, c.account_id from payment_customer c
        join payment_method m on m.organization_id = c.organization_id and m.customer_id = c.id and m.state = 'active' and m.is_default
        where c.organization_id = @organization
          and (c.contact_id = @contact or c.account_id in (select l.account_id from account_contact l where l.organization_id = @organization and l.contact_id = @contact))
        order by case when c.account_id is null then 1 else 0 end, c.created_at limit 1
        """;

    public const string OfPayment = "select method_id, type, mandate_id from payment_method where organization_id = @organization and method_id = @method";

    private const string Owner = "c.organization_id, c.id, c.customer_id from payment_method m join payment_customer c on c.organization_id = m.organization_id and c.id = m.customer_id";

    public const string OwnerOf = $"select {Owner} where m.organization_id = @organization and m.method_id = @method";

    /// <summary>By the installation's account, which serves every organization that has none of its own.</summary>
    public const string OwnerAnywhere = $"select {Owner} where m.method_id = @method and c.provider = 'stripe'";

    public const string MandateOf = $"select {Owner} where m.organization_id = @organization and m.mandate_id = @mandate";

    public const string MandateAnywhere = $"select {Owner} where m.mandate_id = @mandate and c.provider = 'stripe'";

    public const string Put = """
        insert into payment_method (organization_id, id, customer_id, method_id, type, brand, bank, last4, exp_month, exp_year, mandate_id, state, is_default, created_at)
        values (@organization, @id, @customer, @method, @Type, @Brand, @Bank, @Last4, @ExpMonth, @ExpYear, @mandate, 'active', @no, @now)
        on conflict (method_id, organization_id) do update set customer_id = excluded.customer_id, brand = excluded.brand, bank = excluded.bank, last4 = excluded.last4,
          exp_month = excluded.exp_month, exp_year = excluded.exp_year, mandate_id = coalesce(excluded.mandate_id, payment_method.mandate_id),
          state = case when payment_method.state = 'revoked' then 'revoked' else 'active' end, verify_url = null, verify_by = null
        """;

    /// <summary>Waits for two small deposits to be confirmed.</summary>
    public const string PutPending = """
        insert into payment_method (organization_id, id, customer_id, method_id, type, brand, bank, last4, state, is_default, verify_url, verify_by, created_at)
        values (@organization, @id, @customer, @method, @type, null, @bank, @last4, 'pending', @no, @url, @until, @now)
        on conflict (method_id, organization_id) do update set verify_url = excluded.verify_url, verify_by = excluded.verify_by
        """;

    public const string Failed = "update payment_method set state = 'failed', verify_url = null where organization_id = @organization and method_id = @method and state = 'pending' returning id";

    /// <summary>One that the provider does not have any more.</summary>
    public const string Gone = "update payment_method set state = 'removed', is_default = @no, removed_at = @now where organization_id = @organization and id = @id and state <> 'removed'";

    /// <summary>One that the provider still has after all.</summary>
    public const string Back = """
        update payment_method set state = @state, removed_at = null,
          is_default = @wasDefault and not exists (select 1 from payment_method d where d.organization_id = @organization and d.customer_id = @customer and d.is_default)
        where organization_id = @organization and id = @id and state = 'removed'
        """;

    public const string Revoke = "update payment_method set state = 'revoked', is_default = @no where organization_id = @organization and mandate_id = @mandate and state = 'active' returning id";

    /// <summary>The first that works becomes the default, and the newest when the default is gone.</summary>
    public const string ChooseDefault = """
        update payment_method set is_default = @yes
        where organization_id = @organization and id = (
            select m.id from payment_method m where m.organization_id = @organization and m.customer_id = @customer and m.state = 'active' order by m.created_at desc, m.id desc limit 1)
          and not exists (select 1 from payment_method d where d.organization_id = @organization and d.customer_id = @customer and d.is_default)
        """;

    public const string ClearDefault = "update payment_method set is_default = @no where organization_id = @organization and customer_id = @customer and is_default and id <> @id";

    public const string SetDefault = "update payment_method set is_default = @yes where organization_id = @organization and customer_id = @customer and id = @id and state = 'active'";

    /// <summary>Whether a payment by it is under way.</summary>
    public const string IsUsed = "select 1 from payment where organization_id = @organization and method_id = @method and state in ('starting', 'processing') limit 1";

    public const string CreateSetup = """
        insert into method_setup (organization_id, id, storefront_id, customer_id, state, created_at, look_at) values (@organization, @id, @storefront, @customer, 'starting', @now, @lookAt)
        """;

    public const string OpenedSetup = "update method_setup set state = 'open', checkout_id = @checkout, setup_id = @setup, look_at = @lookAt where organization_id = @organization and id = @id";

    public const string FindSetup = "select organization_id, id, storefront_id, customer_id, checkout_id, setup_id, state from method_setup where organization_id = @organization and id = @id";

    public const string SetupIsOf = """
        select 1 from method_setup s join payment_customer c on c.organization_id = s.organization_id and c.id = s.customer_id
        where s.organization_id = @organization and s.id = @id and c.account_id = @account
        """;

    public const string SetupOf = "select organization_id, id from method_setup where organization_id = @organization and (checkout_id = @name or setup_id = @name)";

    public const string SetupAnywhere = "select organization_id, id from method_setup where checkout_id = @name or setup_id = @name";

    public const string SetupState = "update method_setup set state = @state, setup_id = coalesce(@setup, setup_id), look_at = @lookAt where organization_id = @organization and id = @id and state not in ('done', 'failed', 'ended')";

    public const string DueSetups = """
        update method_setup set look_at = @leaseEnd
        where (organization_id, id) in (select organization_id, id from method_setup where look_at <= @now order by look_at limit 20) and look_at <= @now
        returning organization_id, id
        """;

    public const string IsAnySetupDue = "select 1 from method_setup where look_at <= @now limit 1";

    /// <summary>Cards that end this month or next and whose customer was not told.</summary>
    public const string Expiring = """
        select m.organization_id, m.id, m.exp_month, m.exp_year, c.account_id, a.storefront_id from payment_method m
        join payment_customer c on c.organization_id = m.organization_id and c.id = m.customer_id
        join account a on a.organization_id = c.organization_id and a.id = c.account_id and a.state = 'proven'
        where m.state = 'active' and m.exp_year is not null and (m.exp_year = @year and m.exp_month = @month or m.exp_year = @nextYear and m.exp_month = @nextMonth) and m.warned_for is null
        limit 100
        """;

    public const string Warned = "update payment_method set warned_for = @month where organization_id = @organization and id = @id and warned_for is null";
}

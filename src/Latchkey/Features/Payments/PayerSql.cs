namespace Latchkey.Features.Payments;

/// <summary>Who somebody is at the payment provider.</summary>
internal static class PayerSql
{
    public const string OfAccount = "select id, customer_id from payment_customer where organization_id = @organization and account_id = @account and provider = @provider";

    public const string OfContact = "select id, customer_id from payment_customer where organization_id = @organization and contact_id = @contact and provider = @provider";

    public const string ByName = "select organization_id, id, customer_id from payment_customer where organization_id = @organization and customer_id = @name";

    public const string ById = "select provider, customer_id from payment_customer where organization_id = @organization and id = @id";

    public const string ByNameAnywhere = "select organization_id, id, customer_id from payment_customer where customer_id = @name and provider = 'stripe'";

    /// <summary>Of two that were made at once the first stays; the other is an empty customer that nobody uses.</summary>
    public const string Add = """
        insert into payment_customer (organization_id, id, account_id, contact_id, provider, customer_id, created_at)
        values (@organization, @id, @account, @contact, @provider, @name, @now) on conflict do nothing
        """;

    public const string Forget = "delete from payment_customer where organization_id = @organization and customer_id = @name";

    public const string Account = "select email, full_name as name, coalesce(locale, '') as locale from account where organization_id = @organization and id = @account";

    public const string Contact = "select email, full_name as name, coalesce(locale, '') as locale from contact where organization_id = @organization and id = @contact";
}

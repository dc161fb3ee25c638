namespace Latchkey.Features.Payments;

/// <summary>To whom mails about money go, and what they tell.</summary>
internal static class MoneyMailSql
{
    public const string Account = "select id as account_id, email, full_name as name, locale from account where organization_id = @organization and id = @account and state in ('proven', 'unproven')";

    public const string Contact = "select email, full_name as name, locale from contact where organization_id = @organization and id = @contact";

    public const string AccountOf = """
        select l.account_id from account_contact l join account a on a.organization_id = l.organization_id and a.id = l.account_id and a.state = 'proven'
        where l.organization_id = @organization and l.contact_id = @contact order by l.linked_at, l.account_id limit 1
        """;

    public const string HolderOf = """
        select a.id, a.storefront_id from payment_customer c join account a on a.organization_id = c.organization_id and a.id = c.account_id and a.state = 'proven'
        where c.organization_id = @organization and c.id = @payer
        """;

    public const string Payment = "select amount, currency, method_name, paid_by, reason, settled_at from payment where organization_id = @organization and id = @payment";

    public const string Invoices = """
        select i.number, i.reference, i.total, i.currency from payment_invoice p join invoice i on i.organization_id = p.organization_id and i.id = p.invoice_id
        where p.organization_id = @organization and p.payment_id = @payment order by i.number
        """;

    public const string Method = "select type, brand, bank, last4, exp_month, exp_year, state from payment_method where organization_id = @organization and id = @id";
}

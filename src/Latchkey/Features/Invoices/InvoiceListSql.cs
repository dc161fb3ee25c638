using Latchkey.Platform.Data;

namespace Latchkey.Features.Invoices;

/// <summary>The statements that show invoices.</summary>
internal static class InvoiceListSql
{
    /// <summary>A charge by itself that waits for its answer, or a payment that is not believed. A checkout that is open is neither.</summary>
    private const string Doubtful = """
        from payment_invoice l join payment p on p.organization_id = l.organization_id and p.id = l.payment_id
            where l.organization_id = i.organization_id and l.invoice_id = i.id and l.live and (p.suspect or p.kind <> 'checkout')
        """;

    private const string Columns = $"""
        i.id, i.storefront_id, i.contact_id, i.number, i.reference, i.currency, i.subtotal, i.tax, i.total, i.refunded, i.state, i.reason, i.issued_on, i.due_on, i.period_start, i.period_end,
          i.paid_by, i.paid_at,
          case when i.state in ('pending', 'failed') then (
            select case when p.suspect then 'Disbelieved' else 'Unanswered' end {Doubtful}) end as doubt_name
        """;

    public const string Find = $"""
        select {Columns}, c.full_name, c.email from invoice i join contact c on c.organization_id = i.organization_id and c.id = i.contact_id
        where i.organization_id = @organization and i.id = @id
        """;

    public const string Lines = "select description, quantity, amount, tax_rate, tax from invoice_line where organization_id = @organization and invoice_id = @id order by position";

    /// <summary>Of every contact the account shows, on its storefront. One account has hundreds at the most.</summary>
    public const string OfAccount = $"""
        select {Columns} from invoice i
        where i.organization_id = @organization and i.storefront_id = @storefront
          and i.contact_id in (select l.contact_id from account_contact l where l.organization_id = @organization and l.account_id = @account)
        order by i.issued_on desc, i.number desc limit 1000
        """;

    /// <summary>What the customer can pay now; the currency that most invoices are in comes first, as one payment takes one.</summary>
    public const string DueOfAccount = $"""
        select i.currency, count(*) as number, cast(sum(i.total) as bigint) as total, min(i.due_on) as due_on from invoice i
        where i.organization_id = @organization and i.storefront_id = @storefront and i.state in ('pending', 'failed') and not exists (select 1 {Doubtful})
          and i.contact_id in (select l.contact_id from account_contact l where l.organization_id = @organization and l.account_id = @account)
        group by i.currency order by number desc, i.currency limit 1
        """;

    public const string OfContact = $"select {Columns} from invoice i where i.organization_id = @organization and i.contact_id = @contact order by i.id desc limit @most";

    private const string Matching = """
        (@state = '' or (@state = 'due' and i.state in ('pending', 'failed')) or (@state = 'overdue' and i.state in ('pending', 'failed') and i.due_on < @today) or i.state = @state)
            and ((@number = 0 and @reference = '') or i.number = @number or i.reference = @reference)
        """;

    private const string People = $"(@Word1 = '' or i.contact_id in (select c.id from contact c where c.organization_id = @organization and {PeopleSearch.OfContact}))";

    public const string IsReference = "select 1 from invoice where organization_id = @organization and reference = @reference limit 1";

    /// <summary>Newest first; the contact is looked up for one page only.</summary>
    private const string Rest = """
        select p.*, c.full_name, c.email from page p join contact c on c.organization_id = p.organization_id and c.id = p.contact_id order by p.id desc
        """;

    public const string First = $"""
        with page as (select i.organization_id, {Columns} from invoice i where i.organization_id = @organization and {Matching} and {People} order by i.id desc limit @most) {Rest}
        """;

    public const string Next = $"""
        with page as (select i.organization_id, {Columns} from invoice i where i.organization_id = @organization and i.id < @after and {Matching} and {People} order by i.id desc limit @most) {Rest}
        """;
}

using Latchkey.Platform.Data;

namespace Latchkey.Features.Contacts;

/// <summary>The statements of the list of contacts.</summary>
internal static class ContactListSql
{
    private const string Linked = """
        select 1 from account_contact l join account a on a.organization_id = l.organization_id and a.id = l.account_id
        where l.organization_id = c.organization_id and l.contact_id = c.id and a.storefront_id = c.storefront_id
        """;

    // The account that a record shows; the second exists lets the sort run for few rows only.
    private const string OfState = $"""
        (@state = '' or (@state = 'none' and not exists ({Linked}))
          or (exists ({Linked} and a.state = @state) and (
            select a.state from account_contact l join account a on a.organization_id = l.organization_id and a.id = l.account_id
            where l.organization_id = c.organization_id and l.contact_id = c.id and a.storefront_id = c.storefront_id
            {ContactSql.BestAccount} limit 1) = @state))
        """;

    private const string Matching = $"(@anyStorefront or c.storefront_id = @storefrontId) and {OfState} and {PeopleSearch.OfContact}";

    /// <summary>Accounts and facilities are looked up for the rows of one page only.</summary>
    private const string Shown = $"""
        select q.id, q.full_name, q.email, q.phone, s.name as storefront, f.name as facility, a.id as account_id, a.state as account_state, a.last_signed_in_at,
          x.reason as suppressed_for
        from (select p.*, (
            select a.id from account_contact l join account a on a.organization_id = l.organization_id and a.id = l.account_id
            where l.organization_id = p.organization_id and l.contact_id = p.id and a.storefront_id = p.storefront_id
            {ContactSql.BestAccount} limit 1) as shown_account_id
        """;

    private const string Rest = """
        ) q
        join storefront s on s.organization_id = q.organization_id and s.id = q.storefront_id
        left join facility f on f.organization_id = q.organization_id and f.id = q.facility_id
        left join account a on a.organization_id = q.organization_id and a.id = q.shown_account_id
        left join suppression x on x.organization_id = q.organization_id and x.channel = 'email' and x.address = q.email
        order by q.full_name, q.id
        """;

    private const string Columns = "c.organization_id, c.id, c.full_name, c.email, c.phone, c.storefront_id, c.facility_id";

    public const string First = $"""
        {Shown} from (
          select {Columns} from contact c where c.organization_id = @organizationId and {Matching}
          order by c.full_name, c.id limit @most) p {Rest}
        """;

    public const string Next = $"""
        {Shown} from (
          select {Columns} from contact c where c.organization_id = @organizationId and (c.full_name, c.id) > (@afterName, @after) and {Matching}
          order by c.full_name, c.id limit @most) p {Rest}
        """;

    /// <summary>By the address of the record, or of an account that shows it.</summary>
    public const string ByAddress = $"""
        {Shown} from (
          select {Columns} from contact c
          where c.organization_id = @organizationId and (@anyStorefront or c.storefront_id = @storefrontId) and {OfState}
            and c.id in (
              select e.id from contact e where e.organization_id = @organizationId and e.email = @email
              union
              select l.contact_id from account b join account_contact l on l.organization_id = b.organization_id and l.account_id = b.id
              where b.organization_id = @organizationId and b.email = @email)
          order by c.full_name, c.id limit @most) p {Rest}
        """;

    public const string NameOf = "select full_name from contact where organization_id = @organizationId and id = @after";
}

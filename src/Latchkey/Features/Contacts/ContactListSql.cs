using Latchkey.Platform.Data;

namespace Latchkey.Features.Contacts;

/// <summary>The statements of the list of contacts.</summary>
internal static class ContactListSql
{
    private const string Linked = """
        select 1 from account_contact l join account a on a.organization_id = l.organization_id and a.id = l.account_id
        where l.organization_id = c.organization_id and l.contact_id = c.id and a.storefront_id = c.storefront_id and a.state = @state
        """;

    private const string OfRareState = """
        select r.contact_id from account a join account_contact r on r.organization_id = a.organization_id and r.account_id = a.id
        where a.organization_id = @organizationId and a.state = @state
        """;

    // The state is that of the account which a record shows. Where few accounts have it, these few are looked up; where many have it, a
    // page is full soon. Either way the sort runs for few rows only.
    private const string OfState = $"""
        (@state = ''
          or ((not @isRare or c.id in ({OfRareState})) and exists ({Linked}) and (
            select a.state from account_contact l join account a on a.organization_id = l.organization_id and a.id = l.account_id
            where l.organization_id = c.organization_id and l.contact_id = c.id and a.storefront_id = c.storefront_id
            {ContactSql.BestAccount} limit 1) = @state))
        """;

    // By itself, so that both engines see that the index of these is enough.
    private const string Unlinked = "not c.linked";

    private const string AtStorefront = "(@anyStorefront or c.storefront_id = @storefrontId)";

    /// <summary>How many accounts have a state, counted no further than matters.</summary>
    public const string CountOfState = """
        select count(*) from (select a.id from account a where a.organization_id = @organizationId and a.state = @state limit @enough) counted
        """;

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

    public static readonly string List = InOrder(OfState);
    public static readonly string ListUnlinked = InOrder(Unlinked);

    /// <summary>By the address of the record, or of an account that shows it.</summary>
    public static readonly string ByAddress = OfAddress(OfState);
    public static readonly string ByAddressUnlinked = OfAddress(Unlinked);

    private static string InOrder(string state) => $"""
        {Shown} from (
          select {Columns} from contact c
          where c.organization_id = @organizationId and (c.full_name, c.id) > (@afterName, @after) and {AtStorefront} and {state} and {PeopleSearch.OfContact}
          order by c.full_name, c.id limit @most) p {Rest}
        """;

    private static string OfAddress(string state) => $"""
        {Shown} from (
          select {Columns}
          from (
            select e.id from contact e where e.organization_id = @organizationId and e.email = @email
            union
            select k.contact_id from account b join account_contact k on k.organization_id = b.organization_id and k.account_id = b.id
            where b.organization_id = @organizationId and b.email = @email) m
          cross join contact c -- in this order: SQLite would rather walk through all names
          where c.organization_id = @organizationId and c.id = m.id and {AtStorefront} and {state}
          order by c.full_name, c.id limit @most) p {Rest}
        """;

    public const string NameOf = "select full_name from contact where organization_id = @organizationId and id = @after";
}

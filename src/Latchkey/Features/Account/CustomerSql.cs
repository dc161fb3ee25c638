using Latchkey.Platform.Data;

namespace Latchkey.Features.Account;

/// <summary>The statements of the console's list of accounts, and of what staff do to one.</summary>
internal static class CustomerSql
{
    private const string Columns = "a.id, a.organization_id, a.storefront_id, a.email, a.state, a.last_signed_in_at";

    private const string Below = "a.organization_id = @organizationId and (a.email, a.id) > (@afterEmail, @after)";

    private const string Wanted = "a.state <> 'merged' and (@anyStorefront or a.storefront_id = @storefrontId) and (@state = '' or a.state = @state)";

    private const string ByEmail = """(@Word2 = '' and a.email like @Word1 escape '\')""";

    private const string InOrder = "order by a.email, a.id limit @most";

    /// <summary>Contacts are looked up for the rows of one page only.</summary>
    private static string Page(string accounts) => $"""
        select p.id, p.email, p.state, p.last_signed_in_at, s.name as storefront, c.id as contact_id, c.full_name
        from ({accounts} {InOrder}) p
        join storefront s on s.organization_id = p.organization_id and s.id = p.storefront_id
        left join account_contact l on l.organization_id = p.organization_id and l.account_id = p.id
        left join contact c on c.organization_id = l.organization_id and c.id = l.contact_id
        order by p.email, p.id, c.full_name, c.id
        """;

    public static readonly string List = Page($"select {Columns} from account a where {Below} and {Wanted}");

    /// <summary>What many match fills a page soon: these are looked for among the next few accounts, one after the other.</summary>
    public static readonly string SearchNext = Page($"""
        select {Columns} from (select {Columns} from account a where {Below} order by a.email, a.id limit {PeopleSearch.Next}) a
        where {Wanted} and ({ByEmail} or (
          select count(*) from account_contact l join contact c on c.organization_id = l.organization_id and c.id = l.contact_id
          where l.organization_id = a.organization_id and l.account_id = a.id and {PeopleSearch.OfContact}) > 0)
        """);

    /// <summary>What few match is looked for in all addresses and all contacts, and then put in order.</summary>
    public static readonly string Search = $"""
        with found as materialized (
          select {Columns} from (
            select a.id from account a where a.organization_id = @organizationId and {ByEmail}
            union
            select l.account_id from contact c cross join account_contact l -- in this order: SQLite would rather look up every contact
            where {PeopleSearch.Contacts} and {PeopleSearch.OfContact} and l.organization_id = c.organization_id and l.contact_id = c.id) hit
          cross join account a
          where a.id = hit.id and {Below} and {Wanted})
        {Page("select * from found a")}
        """;

    /// <summary>An account, what it was merged into, and the first contact it shows.</summary>
    public const string Where = """
        select a.id, a.email, case when a.state = 'merged' then a.merged_into end as merged_into, l.contact_id
        from account a left join account_contact l on l.organization_id = a.organization_id and l.account_id = a.id
        where a.organization_id = @organizationId and a.id = @id order by l.linked_at, l.contact_id limit 1
        """;

    public const string EmailOf = "select email from account where organization_id = @organizationId and id = @after";

    public const string CountSessions = """
        select count(*) from session
        where organization_id = @OrganizationId and storefront_id = @Id and account_id = @accountId and ended_at is null and ends_at > @now and hard_end_at > @now
        """;
}

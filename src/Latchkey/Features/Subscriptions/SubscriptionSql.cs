using Latchkey.Platform.Data;

namespace Latchkey.Features.Subscriptions;

/// <summary>The statements of the list of what customers hold.</summary>
internal static class SubscriptionSql
{
    private const string Columns = "s.organization_id, s.id, s.contact_id, s.facility_id, s.unit_id, s.kind, s.name, s.started_on, s.ended_on, s.ends_on";

    private const string Below = "s.organization_id = @organizationId and s.id < @after";

    private const string Wanted = "(@state = '' or (@state = 'active' and s.ended_on is null) or (@state = 'ended' and s.ended_on is not null))";

    /// <summary>Contacts and accounts are looked up for the rows of one page only.</summary>
    private static string Page(string subscriptions) => $"""
        page as ({subscriptions} order by s.id desc limit @most)
        select p.id, p.contact_id, p.kind, p.name, p.started_on, p.ended_on, p.ends_on, c.full_name, c.email, f.name as facility, u.number as unit,
          (select a.id from account_contact l join account a on a.organization_id = l.organization_id and a.id = l.account_id
            where l.organization_id = p.organization_id and l.contact_id = p.contact_id and a.storefront_id = f.storefront_id and a.state in ('proven', 'unproven')
            order by case a.state when 'proven' then 0 else 1 end, a.last_signed_in_at desc nulls last, a.id limit 1) as account_id
        from page p
        join contact c on c.organization_id = p.organization_id and c.id = p.contact_id
        join facility f on f.organization_id = p.organization_id and f.id = p.facility_id
        left join unit u on u.organization_id = p.organization_id and u.id = p.unit_id
        order by p.id desc
        """;

    public static readonly string List = "with " + Page($"select {Columns} from subscription s where {Below} and {Wanted}");

    /// <summary>What many match fills a page soon: these are looked for among the next few, one after the other (PostgreSQL would make a join of <c>exists</c>).</summary>
    public static readonly string SearchNext = "with " + Page($"""
        select {Columns} from (select {Columns} from subscription s where {Below} order by s.id desc limit {PeopleSearch.Next}) s
        where {Wanted} and (select 1 from contact c where c.organization_id = s.organization_id and c.id = s.contact_id and {PeopleSearch.OfContact}) = 1
        """);

    /// <summary>What few match is looked for among all contacts, in indexes alone; only the rows of the page are read.</summary>
    public static readonly string Search = $"""
        with hit as materialized (select c.id from contact c where {PeopleSearch.Contacts} and {PeopleSearch.OfContact}),
        found as materialized (select s.id from hit cross join subscription s where s.contact_id = hit.id and {Below} and {Wanted}),
        newest as (select id from found order by id desc limit @most),
        {Page($"select {Columns} from newest n join subscription s on s.organization_id = @organizationId and s.id = n.id")}
        """;
}

namespace Latchkey.Features.Why;

/// <summary>Records with an address or a name like another one. By index only: what may be on record is made up first, and looked up then.</summary>
internal static class NearSql
{
    /// <summary>Addresses that one statement looks up; those that are not needed are empty, which nobody has.</summary>
    public const int Few = 16;

    /// <summary>Which addresses are on record that differ from a text by one letter: swapped with its neighbour, left out, too many, another one.</summary>
    // They are made up here, since sending them costs more than looking them up. One by one, each by index: given a list, PostgreSQL reads
    // the tables from end to end as long as it has no statistics, such as after an import; and a limit keeps it from making a join of this.
    public static readonly string OneSlip = $"""
        with recursive spot (i) as (select 0 union all select i + 1 from spot where i < length(@text)),
        letter (c) as (values {string.Join(", ", "abcdefghijklmnopqrstuvwxyz0123456789.-_".Select(c => $"('{c}')"))}),
        made_up (email) as (
          select @before || substr(@text, 1, i) || substr(@text, i + 2, 1) || substr(@text, i + 1, 1) || substr(@text, i + 3) || @after from spot where i + 1 < length(@text)
          union all
          select @before || substr(@text, 1, i) || substr(@text, i + 2) || @after from spot where i < length(@text)
          union all
          select @before || substr(@text, 1, i) || c || substr(@text, i + 1) || @after from spot cross join letter
          union all
          select @before || substr(@text, 1, i) || c || substr(@text, i + 2) || @after from spot cross join letter where i < length(@text)
        )
        select email from made_up
        where coalesce((select 1 from contact c where c.organization_id = @OrganizationId and c.email = made_up.email limit 1),
          (select 1 from account a where a.organization_id = @OrganizationId and a.email = made_up.email limit 1)) = 1
        limit 200
        """;

    // The state is looked at afterwards: as a condition it would make all accounts in that state be read.
    public static readonly string ByAddress = $"""
        select c.id as contact_id, c.storefront_id, c.full_name as name, c.email, null as state from contact c
        where c.organization_id = @OrganizationId and c.email in ({Parameters(Few, "@v{0}")})
        union all
        select null, a.storefront_id, coalesce(a.full_name, ''), a.email, a.state from account a
        where a.organization_id = @OrganizationId and a.email in ({Parameters(Few, "@v{0}")})
        limit 200
        """;

    /// <summary>The same part before the @, elsewhere. The bounds hold in the byte order and in that of a language.</summary>
    public const string BySameLocalPart = """
        select c.id as contact_id, c.storefront_id, c.full_name as name, c.email, null as state from contact c
        where c.organization_id = @OrganizationId and c.email >= @local and c.email <= @localEnd
        union all
        select null, a.storefront_id, coalesce(a.full_name, ''), a.email, a.state from account a
        where a.organization_id = @OrganizationId and a.email >= @local and a.email <= @localEnd
        limit 400
        """;

    public const string ByName = """
        select c.id as contact_id, c.storefront_id, c.full_name as name, c.email from contact c
        where c.organization_id = @OrganizationId and c.full_name >= @name and c.full_name <= @nameEnd
        order by c.full_name limit 50
        """;

    private static string Parameters(int count, string format) =>
        string.Join(", ", Enumerable.Range(0, count).Select(i => string.Format(System.Globalization.CultureInfo.InvariantCulture, format, i)));
}

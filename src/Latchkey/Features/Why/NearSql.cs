namespace Latchkey.Features.Why;

/// <summary>Records with an address or a name like another one. By index only: what may be on record is made up first, and looked up then.</summary>
internal static class NearSql
{
    /// <summary>Addresses that one statement looks up; those that are not needed are empty, which nobody has.</summary>
    public const int AtOnce = 512;

    private static readonly string In = string.Join(", ", Enumerable.Range(0, AtOnce).Select(i => $"@v{i}"));

    public static readonly string ByAddress = $"""
        select c.id as contact_id, c.storefront_id, c.full_name as name, c.email from contact c
        where c.organization_id = @OrganizationId and c.email in ({In})
        union all
        select null, a.storefront_id, coalesce(a.full_name, ''), a.email from account a
        where a.organization_id = @OrganizationId and a.email in ({In}) and a.state in ('unproven', 'proven')
        limit 200
        """;

    /// <summary>The same part before the @, elsewhere. The bounds hold in the byte order and in that of a language.</summary>
    public const string BySameLocalPart = """
        select c.id as contact_id, c.storefront_id, c.full_name as name, c.email from contact c
        where c.organization_id = @OrganizationId and c.email >= @local and c.email <= @localEnd
        limit 200
        """;

    public const string ByName = """
        select c.id as contact_id, c.storefront_id, c.full_name as name, c.email from contact c
        where c.organization_id = @OrganizationId and c.full_name >= @name and c.full_name <= @nameEnd
        order by c.full_name limit 50
        """;
}

namespace Latchkey.Platform.Tenancy;

/// <summary>
/// The only statements that look across organizations: they find out which one a request belongs to.
/// </summary>
internal static class StorefrontSql
{
    private const string Columns = """
        select s.organization_id, s.id, s.slug, s.name, s.locale, s.vocabulary, s.brand_hue, s.sender_name, s.sender_address,
          s.help_email, s.help_phone, s.calling_code, s.policy, s.version, s.logo,
          (select min(h.host) from storefront_host h where h.organization_id = s.organization_id and h.storefront_id = s.id and h.verified_at is not null) as host
        from storefront s
        """;

    public const string BySlug = $"{Columns} where s.slug = @slug";

    public const string ByHost = $"""
        {Columns} where (s.organization_id, s.id) in
          (select h.organization_id, h.storefront_id from storefront_host h where h.host = @host and h.verified_at is not null)
        """;

    public const string ById = $"{Columns} where s.organization_id = @OrganizationId and s.id = @StorefrontId";

    public const string OfOrganization = $"{Columns} where s.organization_id = @organizationId order by s.name, s.id";

    public const string All = $"{Columns} order by s.slug";
}

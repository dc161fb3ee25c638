namespace Latchkey.Features.Storefronts;

/// <summary>The statements of a storefront's settings.</summary>
internal static class SettingsSql
{
    public const string Edit = """
        update storefront set name = @Name, locale = @Locale, vocabulary = @vocabulary, brand_hue = @BrandHue, sender_name = @SenderName, sender_address = @SenderAddress,
          help_email = @HelpEmail, help_phone = @HelpPhone, calling_code = @CallingCode, version = version + 1
        where organization_id = @OrganizationId and id = @Id and version = @Version
        """;

    public const string Hosts = """
        select host, created_at, verified_at, checked_at from storefront_host
        where organization_id = @OrganizationId and storefront_id = @StorefrontId order by host
        """;

    public const string AddHost = """
        insert into storefront_host (organization_id, storefront_id, host, created_at) values (@OrganizationId, @StorefrontId, @host, @now)
        on conflict (organization_id, host) do nothing
        """;

    public const string RemoveHost = "delete from storefront_host where organization_id = @OrganizationId and storefront_id = @StorefrontId and host = @host";

    public const string CheckedHost = """
        update storefront_host set checked_at = @now where organization_id = @OrganizationId and storefront_id = @StorefrontId and host = @host
        """;

    /// <summary>Only while nobody else has proved that it is theirs.</summary>
    public const string VerifyHost = """
        update storefront_host set verified_at = @now, checked_at = @now
        where organization_id = @OrganizationId and storefront_id = @StorefrontId and host = @host and verified_at is null
          and not exists (select 1 from storefront_host o where o.host = @host and o.verified_at is not null)
        """;
}

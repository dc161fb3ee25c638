namespace Latchkey.Features.Storefronts;

internal static class LogoSql
{
    public const string Content = "select type, content from storefront_logo where mark = @mark limit 1";

    public const string Save = """
        insert into storefront_logo (organization_id, storefront_id, mark, type, content, updated_at)
        values (@OrganizationId, @StorefrontId, @Mark, @Type, @Content, @now)
        on conflict (organization_id, storefront_id) do update set mark = excluded.mark, type = excluded.type, content = excluded.content, updated_at = excluded.updated_at
        """;

    /// <summary>What every page needs of it stands with the storefront.</summary>
    public const string Describe = "update storefront set logo = @logo where organization_id = @OrganizationId and id = @StorefrontId and coalesce(logo, '') <> coalesce(@logo, '')";

    public const string Remove = "delete from storefront_logo where organization_id = @OrganizationId and storefront_id = @StorefrontId";
}

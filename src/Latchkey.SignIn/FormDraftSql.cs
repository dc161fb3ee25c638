namespace Latchkey.SignIn;

/// <summary>The statements of drafts.</summary>
internal static class FormDraftSql
{
    private const string This = "organization_id = @organization and storefront_id = @storefront and browser_hash = @browser and page = @page";

    public const string Keep = """
        delete from form_draft where organization_id = @organization and expires_at <= @now;
        insert into form_draft (organization_id, storefront_id, browser_hash, page, content, expires_at)
        values (@organization, @storefront, @browser, @page, @content, @expires)
        on conflict (organization_id, storefront_id, browser_hash, page) do update set content = excluded.content, expires_at = excluded.expires_at
        """;

    public const string Find = $"select content from form_draft where {This} and expires_at > @now";

    public const string Drop = $"delete from form_draft where {This}";
}

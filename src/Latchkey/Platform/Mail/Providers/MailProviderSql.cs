namespace Latchkey.Platform.Mail.Providers;

internal static class MailProviderSql
{
    public const string Find = "select provider, settings from mail_provider where organization_id = @organization";

    public const string Save = """
        insert into mail_provider (organization_id, provider, settings, updated_at) values (@organization, @provider, @settings, @now)
        on conflict (organization_id) do update set provider = excluded.provider, settings = excluded.settings, updated_at = excluded.updated_at
        """;

    public const string Remove = "delete from mail_provider where organization_id = @organization";
}

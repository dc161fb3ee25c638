namespace Latchkey.SignIn;

/// <summary>The statements of links that do one thing.</summary>
internal static class OneTimeLinkSql
{
    public const string Issue = """
        insert into one_time_link (organization_id, id, storefront_id, purpose, token_hash, account_id, address, created_at, expires_at)
        values (@organization, @id, @storefront, @purpose, @hash, @account, @address, @now, @expires)
        """;

    private const string Columns = "id, account_id, address, created_at, expires_at, used_at, revoked_at";

    private const string This = "organization_id = @organization and storefront_id = @storefront and purpose = @purpose and token_hash = @hash";

    public const string Find = $"select {Columns} from one_time_link where {This}";

    public const string Use = $"""
        update one_time_link set used_at = @now
        where {This} and used_at is null and revoked_at is null and expires_at > @now
        returning {Columns}
        """;

    public const string Revoke = """
        update one_time_link set revoked_at = @now
        where organization_id = @organization and account_id = @account and purpose = @purpose and used_at is null and revoked_at is null
        """;
}

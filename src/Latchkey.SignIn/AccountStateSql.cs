namespace Latchkey.SignIn;

/// <summary>The statements of account states.</summary>
internal static class AccountStateSql
{
    private const string This = "organization_id = @organization and storefront_id = @storefront and id = @account";

    public const string Disable = $"update account set state = 'disabled' where {This} and state in ('unproven', 'proven')";

    public const string Enable = $"""
        update account set state = case when proven_at is null then 'unproven' else 'proven' end where {This} and state = 'disabled'
        """;

    // The phone number goes too: where codes are texted, it is a way in.
    public const string Reset = $"""
        update account set state = 'unproven', proven_at = null, phone = null,
          password_hash = null, password_set_at = null, password_by = null, password_failures = 0, password_locked_until = null
        where {This} and state <> 'merged'
        """;

    public const string ForgetPasskeys = "delete from passkey where organization_id = @organization and storefront_id = @storefront and account_id = @account";

    // Both rows first and at once: of two merges that want the same pair the other way round, the second sees what the first has done.
    public const string LockPair = """
        update account set merged_into = merged_into
        where organization_id = @organization and storefront_id = @storefront and id in (@account, @into)
        """;

    // Password and passkeys stay with the row, and let nobody in: only a proven account signs in. So a merge can be undone.
    public const string Merge = $"""
        update account set state = 'merged', merged_into = @into
        where {This} and id <> @into and state <> 'merged'
          and exists (select 1 from account i where i.organization_id = @organization and i.storefront_id = @storefront and i.id = @into
            and i.state in ('unproven', 'proven'))
        """;

    /// <summary>What was merged into the account before follows it.</summary>
    public const string Follow = """
        update account set merged_into = @into
        where organization_id = @organization and storefront_id = @storefront and merged_into = @account
        """;

    // Only as it was left: one whose address went to somebody, or that follows another by now, stays merged.
    public const string Unmerge = $"""
        update account set state = case when proven_at is null then 'unproven' else 'proven' end, merged_into = null
        where {This} and state = 'merged' and merged_into = @into and email = @email
          and exists (select 1 from account i where i.organization_id = @organization and i.storefront_id = @storefront and i.id = @into and i.state = 'proven')
        """;

    public const string Unfollow = """
        update account set merged_into = @account
        where organization_id = @organization and storefront_id = @storefront and id = @follower and state = 'merged' and merged_into = @into
        """;

    /// <summary>Ends the account that has the address, and frees the address.</summary>
    public const string GiveAddress = $"""
        update account set email = @nobody, state = 'disabled'
        where {This} and email = @email and state <> 'merged'
          and exists (select 1 from account i where i.organization_id = @organization and i.storefront_id = @storefront and i.id = @into and i.id <> @account and i.state = 'proven')
        """;

    public const string TakeAddress = """
        update account set email = @email where organization_id = @organization and storefront_id = @storefront and id = @into and state = 'proven'
        """;

    public const string ForgetMerged = $"""
        {ForgetPasskeys};
        update account set password_hash = null, password_set_at = null, password_by = null where {This} and state = 'merged'
        """;

    /// <summary>All that <see cref="SessionSql.EndAll"/> ends, and the links that undo.</summary>
    public const string Close = $"""
        {SessionSql.EndAll};
        update one_time_link set revoked_at = @now
        where organization_id = @organization and account_id = @account and used_at is null and revoked_at is null
        """;
}

namespace Latchkey.SignIn;

/// <summary>The statements of changes of address.</summary>
internal static class EmailChangeSql
{
    public const string Pending = """
        select id, account_id, address, created_at, expires_at, used_at, revoked_at
        from one_time_link
        where organization_id = @organization and storefront_id = @storefront and account_id = @account and purpose = 'ChangeEmail'
          and used_at is null and revoked_at is null and expires_at > @now
        """;

    private const string Use = """
        update one_time_link set used_at = @now
        where organization_id = @organization and storefront_id = @storefront and purpose = @purpose and token_hash = @hash
          and used_at is null and revoked_at is null and expires_at > @now
          and exists (select 1 from account a where a.organization_id = @organization and a.storefront_id = @storefront
            and a.id = one_time_link.account_id and a.state = 'proven')
        """;

    private const string Found = """
        returning account_id, address, created_at,
          (select a.email from account a where a.organization_id = @organization and a.id = one_time_link.account_id)
        """;

    /// <summary>Decides: the link is used here or not at all, and never for an address that is somebody's.</summary>
    public const string Confirm = $"""
        {Use} and account_id = @account
          and not exists (select 1 from account b where b.organization_id = @organization and b.storefront_id = @storefront
            and b.email = one_time_link.address and (b.merged_into is null or b.merged_into <> @account))
        {Found}
        """;

    // Whoever registered the old address meanwhile and did not prove it gives way: else a thief could keep the owner out.
    public const string Undo = $"""
        {Use}
          and not exists (select 1 from account b where b.organization_id = @organization and b.storefront_id = @storefront
            and b.email = one_time_link.address and b.id <> one_time_link.account_id and b.state <> 'unproven'
            and (b.merged_into is null or b.merged_into <> one_time_link.account_id))
        {Found}
        """;

    /// <summary>Frees the address where only a row without rights to it has it: one merged into this account, or one never proven.</summary>
    public const string GiveWay = """
        update account set email = @nobody, state = 'merged', merged_into = @account
        where organization_id = @organization and storefront_id = @storefront and email = @email and id <> @account
          and (merged_into = @account or (@undo and state = 'unproven'))
        """;

    public const string Set = """
        update account set email = @email where organization_id = @organization and storefront_id = @storefront and id = @account
        """;

    /// <summary>The account first, as every redeem does it; who waits here sees what the other has done.</summary>
    public const string Lock = """
        update account set email = email
        where organization_id = @organization and storefront_id = @storefront and id = @account and state <> 'merged'
        returning email, state
        """;

    /// <summary>Never to an address that is somebody's.</summary>
    public const string Replace = $"""
        {Set}
          and not exists (select 1 from account b where b.organization_id = @organization and b.storefront_id = @storefront
            and b.email = @email and b.id <> @account)
        """;

    // Whoever had the account meanwhile may have made ways in for later.
    public const string SetBack = """
        update account set email = @email, phone = null,
          password_hash = case when password_set_at >= @since then null else password_hash end
        where organization_id = @organization and storefront_id = @storefront and id = @account;
        delete from passkey where organization_id = @organization and storefront_id = @storefront and account_id = @account and created_at >= @since
        """;

    /// <summary>Of several changes the oldest that is undone stands: what undoes later ones would bring the wrong address back.</summary>
    public const string RevokeLaterUndos = """
        update one_time_link set revoked_at = @now
        where organization_id = @organization and account_id = @account and purpose = 'UndoEmail' and created_at >= @since
          and used_at is null and revoked_at is null
        """;
}

namespace Latchkey.Features.Passkeys;

internal static class PasskeySql
{
    private const string Select = """
        select id, account_id, credential_id, public_key, sign_count, transports, is_user_verified, is_backup_eligible, is_backed_up,
          rp_id, name, created_at, last_used_at
        from passkey
        """;

    public const string OfAccount = $"{Select} where organization_id = @OrganizationId and account_id = @accountId order by created_at, id";

    public const string ByCredential = $"""
        {Select} where organization_id = @OrganizationId and storefront_id = @Id and credential_id = @credentialId and rp_id = @RpId
        """;

    public const string HasAny = "select count(*) from passkey where organization_id = @OrganizationId and account_id = @accountId and rp_id = @RpId";

    /// <summary>Whoever's it is: another storefront at the same host may still know what this one does not.</summary>
    public const string IsKnownAtHost = "select count(*) from passkey where credential_id = @credentialId and rp_id = @RpId";

    /// <summary>Changes nothing; holds the account's row, so that two devices adding at once are counted one after the other.</summary>
    public const string HoldAccount = "update account set state = state where organization_id = @OrganizationId and id = @AccountId and state = 'proven'";

    public const string Add = """
        insert into passkey (organization_id, id, storefront_id, account_id, credential_id, public_key, sign_count, transports,
          is_user_verified, is_backup_eligible, is_backed_up, rp_id, name, created_at)
        select @OrganizationId, @id, @StorefrontId, @AccountId, @CredentialId, @PublicKey, @SignCount, @Transports,
          @IsUserVerified, @IsBackupEligible, @IsBackedUp, @RpId, @Name, @now
        where (select count(*) from passkey p where p.organization_id = @OrganizationId and p.account_id = @AccountId) < @most
        on conflict do nothing
        """;

    /// <summary>Two answers that were checked at the same time cannot both move the counter.</summary>
    public const string Use = """
        update passkey set sign_count = @SignCount, is_backed_up = @IsBackedUp, last_used_at = @now
        where organization_id = @OrganizationId and storefront_id = @StorefrontId and account_id = @AccountId and credential_id = @CredentialId
          and (sign_count < @SignCount or (sign_count = 0 and @SignCount = 0))
        """;

    public const string Rename = """
        update passkey set name = @name where organization_id = @OrganizationId and account_id = @AccountId and id = @passkeyId
        """;

    public const string Remove = "delete from passkey where organization_id = @OrganizationId and account_id = @AccountId and id = @passkeyId";
}

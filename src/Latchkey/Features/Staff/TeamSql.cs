namespace Latchkey.Features.Staff;

/// <summary>The statements of who works where.</summary>
internal static class TeamSql
{
    /// <summary>Changes of one organization's staff take turns: of two Owners who remove each other at once, one stays.</summary>
    public const string TakeTurn = "update organization set name = name where id = @OrganizationId";

    public const string AddAccount = """
        insert into account (organization_id, id, storefront_id, email, state, created_at)
        values (@installation, @id, @realm, @email, 'unproven', @now)
        on conflict (email, organization_id, storefront_id) do nothing
        """;

    public const string AccountOf = "select id from account where organization_id = @installation and storefront_id = @realm and email = @email";

    /// <summary>Adds somebody, or takes somebody back; who works there already is left alone.</summary>
    public const string Add = """
        insert into staff_member (organization_id, account_id, role, name, added_by, added_at) values (@OrganizationId, @accountId, @role, @name, @by, @now)
        on conflict (organization_id, account_id) do update set role = excluded.role, name = excluded.name, added_by = excluded.added_by, added_at = excluded.added_at, joined_at = null, removed_at = null
        where staff_member.removed_at is not null or (staff_member.joined_at is null and staff_member.added_at <= @invitedAfter)
        returning account_id
        """;

    private const string AnotherOwner = """
        exists (select 1 from staff_member o
          where o.organization_id = @OrganizationId and o.role = 'Owner' and o.account_id <> @accountId and o.removed_at is null and o.joined_at is not null)
        """;

    public const string ChangeRole = $"""
        update staff_member set role = @role
        where organization_id = @OrganizationId and account_id = @accountId and removed_at is null and (@role = 'Owner' or role <> 'Owner' or {AnotherOwner})
        returning account_id
        """;

    public const string Remove = $"""
        update staff_member set removed_at = @now
        where organization_id = @OrganizationId and account_id = @accountId and removed_at is null and (role <> 'Owner' or {AnotherOwner})
        returning account_id
        """;

    public const string RoleOf = "select role from staff_member where organization_id = @OrganizationId and account_id = @accountId and removed_at is null";

    public const string Team = """
        select m.account_id, m.role, m.added_by, m.added_at, m.joined_at, a.email, coalesce(a.full_name, m.name) as full_name, a.last_signed_in_at,
          (select count(*) from passkey p where p.organization_id = a.organization_id and p.account_id = a.id) as passkeys
        from staff_member m join account a on a.organization_id = @installation and a.id = m.account_id
        where m.organization_id = @OrganizationId and m.removed_at is null
        order by case m.role when 'Owner' then 0 when 'Manager' then 1 when 'Staff' then 2 else 3 end, a.email
        """;

    public const string IsAnybodyThere = "select 1 from staff_member where removed_at is null limit 1";

    public const string KeepSetup = """
        insert into setup_token (number, token_hash, made_at) values (1, @hash, @now)
        on conflict (number) do update set token_hash = excluded.token_hash, made_at = excluded.made_at
        """;

    public const string IsSetup = "select 1 from setup_token where token_hash = @hash and made_at > @after";

    public const string UseSetup = "delete from setup_token where token_hash = @hash and made_at > @after returning number";

    public const string Organization = "insert into organization (id, name, created_at) values (@id, @name, @now)";

    public const string Storefront = """
        insert into storefront (organization_id, id, slug, name, locale, vocabulary, brand_hue, sender_name, sender_address, policy, created_at)
        values (@OrganizationId, @StorefrontId, @slug, @name, @locale, @vocabulary, 222, @name, @sender, @policy, @now)
        on conflict (slug) do nothing
        """;
}

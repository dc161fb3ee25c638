namespace Latchkey.Platform.Staff;

internal static class MembershipSql
{
    /// <summary>
    /// The organizations that somebody works in. Support is looked up under the installation and works in any: which one, they choose.
    /// </summary>
    public const string MembershipsOf = """
        select m.organization_id, m.role, coalesce(a.full_name, m.name) as name, o.name as organization, m.joined_at
        from staff_member m
        left join organization o on o.id = m.organization_id
        left join account a on a.organization_id = @installation and a.id = m.account_id
        where m.account_id = @accountId and m.removed_at is null and (m.joined_at is not null or m.added_at > @invitedAfter)
        order by o.name
        """;

    public const string AllOrganizations = "select id as organization_id, name as organization from organization order by name";

    public const string Organization = "select name from organization where id = @organizationId";

    public const string Join = """
        update staff_member set joined_at = @now where organization_id = @OrganizationId and account_id = @AccountId and joined_at is null
        """;
}

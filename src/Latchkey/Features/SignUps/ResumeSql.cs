namespace Latchkey.Features.SignUps;

/// <summary>The statements of a sign-up that goes on under the account of whoever reads its mailbox.</summary>
internal static class ResumeSql
{
    private const string Mine = "s.organization_id = @OrganizationId and s.storefront_id = @StorefrontId and s.name_hash = @name";

    public const string Find = $"""
        select s.id, s.state, t.name as type, f.name as facility, s.starts_on
        from sign_up s
        join facility f on f.organization_id = s.organization_id and f.id = s.facility_id
        join unit_type t on t.organization_id = s.organization_id and t.id = s.unit_type_id
        where {Mine} and (s.state in ('Open', 'Paying') and s.touched_at > @since or s.state = 'Done' and s.contact_id is not null
          and not exists (select 1 from account_contact l where l.organization_id = s.organization_id and l.contact_id = s.contact_id))
        order by s.touched_at desc, s.id desc limit 5
        """;

    /// <summary>Another browser goes on with it. The one before has it no longer, and what was typed there goes.</summary>
    public const string Resume = $"""
        update sign_up set browser_hash = @browser, state = 'Open', payment_id = null, details = null, link_asked = @off, name_hash = null,
          contact_id = null, invoice_id = null, invoice_for = null, begun_at = @now, touched_at = @now
        where organization_id = @OrganizationId and storefront_id = @StorefrontId and id = @id and name_hash = @name and state in ('Open', 'Paying') and {SignUpPaymentSql.NotUnderWay}
        returning id
        """;

    /// <summary>What was paid for with the address of an account is that account's when its holder says so.</summary>
    public const string Paid = """
        select s.contact_id from sign_up s
        where s.organization_id = @OrganizationId and s.storefront_id = @StorefrontId and s.id = @id and s.name_hash = @name and s.state = 'Done'
          and not exists (select 1 from account_contact l where l.organization_id = s.organization_id and l.contact_id = s.contact_id)
        """;

    public const string Taken = "update sign_up set account_id = @accountId where organization_id = @OrganizationId and id = @id";
}

using Latchkey.Platform.Data;

namespace Latchkey.Features.Demo;

/// <summary>The demo is written straight into the tables: it is the state a business would reach after some months.</summary>
internal static class DemoSql
{
    public const string Exists = "select 1 from storefront where slug = 'northgate'";

    public const string Organization = "insert into organization (id, name, created_at) values (@id, @name, @now)";

    public const string Storefront = """
        insert into storefront (organization_id, id, slug, name, locale, vocabulary, brand_hue, sender_name, sender_address, help_email, help_phone, calling_code, policy, created_at)
        values (@OrganizationId, @StorefrontId, @slug, @name, 'en', @vocabulary, @hue, @name, @sender, @help, null, '1', @policy, @now)
        """;

    public const string Facility = """
        insert into facility (organization_id, id, storefront_id, name, address, phone, created_at)
        values (@OrganizationId, @id, @StorefrontId, @name, @address, @phone, @now)
        """;

    public const string UnitType = """
        insert into unit_type (organization_id, id, facility_id, name, description, price, currency)
        values (@OrganizationId, @id, @FacilityId, @name, @description, @price, 'USD')
        """;

    public const string Option = """
        insert into unit_option (organization_id, id, facility_id, name, price, currency, monthly)
        values (@OrganizationId, @id, @FacilityId, @name, @price, 'USD', @monthly)
        """;

    public const string Unit = """
        insert into unit (organization_id, id, facility_id, unit_type_id, number, state)
        values (@OrganizationId, @id, @FacilityId, @type, @number, @state)
        """;

    public const string Contact = """
        insert into contact (organization_id, id, storefront_id, facility_id, full_name, email, phone, created_at, updated_at)
        values (@OrganizationId, @id, @StorefrontId, @FacilityId, @name, @email, @phone, @now, @now)
        """;

    public static readonly string Account = $"""
        insert into account (organization_id, id, storefront_id, email, phone, state, created_at, proven_at)
        values (@OrganizationId, @id, @StorefrontId, @Email, @phone, 'proven', @now, @now);
        insert into account_contact (organization_id, account_id, contact_id, linked_at, linked_by)
        values (@OrganizationId, @id, @ContactId, @now, 'import');
        {LinkedMark.Of("id = @ContactId")}
        """;

    public const string Password = """
        update account set password_hash = @hash, password_by = 'customer', password_set_at = @now
        where organization_id = @OrganizationId and storefront_id = @StorefrontId and email = @Email
        """;

    public const string Staff = """
        insert into account (organization_id, id, storefront_id, email, full_name, state, created_at, proven_at)
        values (@installation, @id, @realm, @email, @name, 'proven', @now, @now);
        insert into staff_member (organization_id, account_id, role, added_by, added_at, joined_at)
        values (@organization, @id, @role, 'the demo', @now, @now)
        """;

    public const string Subscription = """
        insert into subscription (organization_id, id, contact_id, facility_id, kind, name, unit_id, price, currency, started_on)
        values (@OrganizationId, @id, @ContactId, @FacilityId, @kind, @name, @unit, @price, 'USD', @startedOn)
        """;

    /// <summary>One of an earlier month.</summary>
    public const string Invoice = """
        update invoice set issued_on = @issuedOn, due_on = @dueOn, state = @state, paid_by = @paidBy, paid_at = @paidAt, created_at = @issuedAt
        where organization_id = @OrganizationId and id = @id
        """;
}

using Latchkey.Platform.Data;

namespace Latchkey.Features.SignUps;

/// <summary>The statements of a sign-up from its last step to what it becomes.</summary>
internal static class SignUpPaymentSql
{
    /// <summary>No bank works on a payment of it.</summary>
    public const string NotUnderWay = """
        not exists (select 1 from invoice i where i.organization_id = sign_up.organization_id and i.id = sign_up.invoice_id and i.state = 'processing')
        """;

    public const string Terms = "select anniversary, tax_rate from billing_plan where organization_id = @OrganizationId";

    /// <summary>The record a customer's new rental goes to: the one of this facility, else the oldest.</summary>
    public const string OwnContact = """
        select c.id from account_contact l join contact c on c.organization_id = l.organization_id and c.id = l.contact_id
        where l.organization_id = @OrganizationId and l.account_id = @accountId and c.storefront_id = @StorefrontId
        order by case when c.facility_id = @facilityId then 0 else 1 end, l.linked_at, c.id limit 1
        """;

    public const string AddOwnContact = """
        insert into contact (organization_id, id, storefront_id, facility_id, full_name, email, phone, locale, created_at, updated_at)
        select a.organization_id, @contactId, a.storefront_id, @facilityId, coalesce(a.full_name, a.email), a.email, a.phone, a.locale, @now, @now
        from account a where a.organization_id = @OrganizationId and a.storefront_id = @StorefrontId and a.id = @accountId
        """;

    public const string AddContact = """
        insert into contact (organization_id, id, storefront_id, facility_id, full_name, email, phone, locale, origin, created_at, updated_at)
        values (@OrganizationId, @contactId, @StorefrontId, @facilityId, @FullName, @Email, @Phone, @locale, 'sign-up', @now, @now)
        """;

    /// <summary>Only the record that this sign-up made, and only until it is somebody's.</summary>
    public const string CorrectContact = """
        update contact set full_name = @FullName, email = @Email, phone = @Phone, facility_id = @facilityId, updated_at = @now
        where organization_id = @OrganizationId and id = @contactId and origin = 'sign-up'
          and not exists (select 1 from account_contact l where l.organization_id = @OrganizationId and l.contact_id = @contactId)
        returning id
        """;

    public static readonly string Link = $"""
        insert into account_contact (organization_id, account_id, contact_id, linked_at, linked_by)
        values (@OrganizationId, @accountId, @contactId, @now, 'sign-up')
        on conflict (organization_id, account_id, contact_id) do nothing;
        {LinkedMark.Of("id = @contactId")}
        """;

    public const string Lock = """
        update sign_up set touched_at = @now
        where organization_id = @OrganizationId and storefront_id = @StorefrontId and id = @id and state in ('Open', 'Paying')
        returning contact_id, invoice_id, invoice_for
        """;

    /// <summary>After the lock, in a statement of its own: one that had to wait for the row sees everything else as it was before.</summary>
    public const string InvoiceState = "select state from invoice where organization_id = @OrganizationId and id = @InvoiceId";

    public const string Ask = """
        update sign_up set account_id = @accountId, contact_id = @contactId, invoice_id = @invoiceId, invoice_for = @invoiceFor, paid_to = @paidTo, unit_id = @unitId
        where organization_id = @OrganizationId and storefront_id = @StorefrontId and id = @id
        """;

    public const string Pay = """
        update sign_up set state = 'Paying', payment_id = @paymentId, touched_at = @now
        where organization_id = @OrganizationId and storefront_id = @StorefrontId and id = @id and state in ('Open', 'Paying') and invoice_id = @invoiceId
        """;

    /// <summary>Back to the steps: what is paid of the invoice from now on is given back.</summary>
    public const string Reopen = $"""
        update sign_up set state = 'Open', payment_id = null, invoice_id = null, invoice_for = null, begun_at = @now, touched_at = @now
        where organization_id = @OrganizationId and storefront_id = @StorefrontId and id = @id and state in ('Open', 'Paying') and {NotUnderWay}
        """;

    /// <summary>The checkout ended and no other was begun since.</summary>
    public const string Ended = """
        update sign_up set state = 'Open', payment_id = null, begun_at = @now, touched_at = @now
        where organization_id = @OrganizationId and id = @id and state = 'Paying' and payment_id = @PaymentId
        """;

    public const string IsAsked = "select 1 from sign_up where organization_id = @OrganizationId and id = @id and invoice_id = @invoiceId";

    public const string ForgetInvoice = """
        update sign_up set invoice_id = null, invoice_for = null where organization_id = @OrganizationId and id = @id and invoice_id = @invoiceId and state = 'Open'
        """;

    public const string Complete = """
        update sign_up set state = 'Done', payment_id = null, done_at = @now, welcome_at = @now
        where organization_id = @OrganizationId and id = @id and state in ('Open', 'Paying') and invoice_id = @invoiceId
        returning id, storefront_id, facility_id, unit_type_id, unit_id, starts_on, paid_to, options, account_id, contact_id
        """;

    public const string IsComplete = """
        select 1 from sign_up where organization_id = @OrganizationId and id = @id and invoice_id = @invoiceId and state in ('Done', 'Refunded')
        """;

    public const string GaveUp = "update sign_up set state = 'Refunded', unit_id = null where organization_id = @OrganizationId and id = @id";

    public const string Occupy = """
        update unit set state = 'occupied', held_by = null, held_until = null
        where organization_id = @OrganizationId and id = @unitId and state = 'free' and (held_by is null or held_by = @id or held_until <= @now)
        returning id
        """;

    public const string TookUnit = "update sign_up set unit_id = @unitId where organization_id = @OrganizationId and id = @id";

    public const string TypeOf = "select name, price, currency from unit_type where organization_id = @OrganizationId and id = @UnitTypeId";

    public const string MonthlyOptions = """
        select id, name, price from unit_option where organization_id = @OrganizationId and facility_id = @FacilityId and monthly order by name, id
        """;

    /// <summary>It has the sign-up's id: whatever happens twice begins one.</summary>
    public const string Begin = """
        insert into subscription (organization_id, id, contact_id, facility_id, kind, name, unit_id, price, currency, started_on)
        values (@OrganizationId, @id, @contactId, @facilityId, @kind, @name, @unitId, @price, @currency, @startsOn)
        on conflict (organization_id, id) do nothing
        """;
}

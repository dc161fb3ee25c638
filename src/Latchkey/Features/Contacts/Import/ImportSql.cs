using Latchkey.Platform.Data;

namespace Latchkey.Features.Contacts.Import;

/// <summary>
/// The statements of an import. Look-ups start from the wanted keys (<c>cross join</c>: SQLite then keeps that order), so each
/// key is one step into an index. What stands in square brackets is written once per row.
/// </summary>
internal static class ImportSql
{
    /// <summary>Imports into one storefront take turns: two at once would both find a customer missing.</summary>
    public const string TakeTurn = "update storefront set name = name where organization_id = @OrganizationId and id = @StorefrontId";

    private const string ContactColumns = """
        c.id, c.facility_id, c.external_id, c.full_name, c.email, c.phone, c.locale, c.created_at, c.updated_at,
          (select count(*) from account_contact l where l.organization_id = c.organization_id and l.contact_id = c.id) as links,
          (select count(*) from account_contact l join account a on a.organization_id = l.organization_id and a.id = l.account_id
            where l.organization_id = c.organization_id and l.contact_id = c.id and a.state <> 'unproven')
          + (select count(*) from account a where a.organization_id = c.organization_id and a.storefront_id = c.storefront_id
            and a.email = c.email and a.state <> 'unproven') as settled_accounts
        """;

    public const string ContactsByExternalId = $"""
        with wanted (sought) as (values [(@Text#)])
        select {ContactColumns} from wanted w cross join contact c
        where c.organization_id = @OrganizationId and c.storefront_id = @StorefrontId and c.external_id = w.sought
        """;

    public const string ContactsByEmail = $"""
        with wanted (sought) as (values [(@Text#)])
        select {ContactColumns} from wanted w cross join contact c
        where c.organization_id = @OrganizationId and c.storefront_id = @StorefrontId and c.email = w.sought
        """;

    public const string ContactsByName = $"""
        with wanted (sought, phone) as (values [(@Name#, @Phone#)])
        select {ContactColumns} from wanted w cross join contact c
        where c.organization_id = @OrganizationId and c.storefront_id = @StorefrontId and c.full_name = w.sought
          and coalesce(c.phone, '') = w.phone and c.external_id is null
        """;

    public const string AccountsByEmail = """
        with wanted (sought) as (values [(@Text#)])
        select a.id, a.email, a.state from wanted w cross join account a
        where a.organization_id = @OrganizationId and a.storefront_id = @StorefrontId and a.email = w.sought
        """;

    public const string Facilities = """
        select id, name from facility where organization_id = @OrganizationId and storefront_id = @StorefrontId order by name, created_at, id
        """;

    public const string UnitTypes = """
        select t.id, t.facility_id, t.name, t.price, t.currency
        from facility f join unit_type t on t.organization_id = f.organization_id and t.facility_id = f.id
        where f.organization_id = @OrganizationId and f.storefront_id = @StorefrontId order by t.id
        """;

    public const string Units = """
        with wanted (facility_id, number) as (values [(@FacilityId#, @Number#)])
        select u.id, u.facility_id, u.number, u.state, u.unit_type_id, s.contact_id as holder_id
        from wanted w cross join unit u
        left join subscription s on s.organization_id = u.organization_id and s.unit_id = u.id and s.ended_on is null
        where u.organization_id = @OrganizationId and u.facility_id = w.facility_id and u.number = w.number
        """;

    public const string Subscriptions = """
        with wanted (contact_id) as (values [(@Id#)])
        select s.contact_id, s.facility_id, s.name, s.unit_id, s.started_on, s.ended_on from wanted w cross join subscription s
        where s.organization_id = @OrganizationId and s.contact_id = w.contact_id
        """;

    /// <summary>The currency of what the storefront sells, when there is only one.</summary>
    public const string Currencies = """
        select distinct t.currency from facility f join unit_type t on t.organization_id = f.organization_id and t.facility_id = f.id
        where f.organization_id = @OrganizationId and f.storefront_id = @StorefrontId
        union
        select distinct s.currency from facility f join subscription s on s.organization_id = f.organization_id and s.facility_id = f.id
        where f.organization_id = @OrganizationId and f.storefront_id = @StorefrontId
        """;

    /// <summary>Every contact whose links change is made or held here. A changed contact brings the time of the version that was read; one that staff changed since is left alone, and missed in the count.</summary>
    public const string SaveContacts = """
        insert into contact (organization_id, id, storefront_id, facility_id, external_id, full_name, email, phone, locale, linked, created_at, updated_at)
        values [(@OrganizationId, @Id#, @StorefrontId, @FacilityId#, @ExternalId#, @FullName#, @Email#, @Phone#, @Locale#, @IsLinked#, @CreatedAt#, @UpdatedAt#)]
        on conflict (organization_id, id) do update set
          facility_id = excluded.facility_id, external_id = excluded.external_id, full_name = excluded.full_name, email = excluded.email,
          phone = excluded.phone, locale = excluded.locale, updated_at = @now
        where contact.updated_at = excluded.updated_at
        """;

    public const string AddAccounts = """
        insert into account (organization_id, id, storefront_id, email, phone, state, locale, created_at)
        values [(@OrganizationId, @Id#, @StorefrontId, @Email#, @Phone#, 'unproven', @Locale#, @now)]
        """;

    /// <summary>For accounts that nobody has signed in to: whoever has proven the mailbox chooses a password there.</summary>
    public const string AddHash = """
        update account set password_hash = @hash, password_by = 'import', password_set_at = @now
        where organization_id = @OrganizationId and id = @id and state = 'unproven' and password_hash is null
        """;

    /// <summary>Of an address that was replaced; only unproven accounts come here.</summary>
    public static readonly string RemoveLinks = $"""
        delete from account_contact where organization_id = @OrganizationId and contact_id = @Id
        returning contact_id, account_id, linked_at, linked_by;
        {LinkedMark.OfHeld("id = @Id")}
        """;

    public static readonly string AddLinks = $"""
        insert into account_contact (organization_id, account_id, contact_id, linked_at, linked_by)
        values [(@OrganizationId, @AccountId#, @ContactId#, @now, 'import')];
        {LinkedMark.OfHeld("id in ([@ContactId#])")}
        """;

    public const string AddFacilities = """
        insert into facility (organization_id, id, storefront_id, name, created_at) values [(@OrganizationId, @Id#, @StorefrontId, @Name#, @now)]
        """;

    public const string AddUnitTypes = """
        insert into unit_type (organization_id, id, facility_id, name, price, currency)
        values [(@OrganizationId, @Id#, @FacilityId#, @Name#, @Price#, @Currency#)]
        """;

    public const string OccupyUnits = """
        insert into unit (organization_id, id, facility_id, unit_type_id, number, state)
        values [(@OrganizationId, @Id#, @FacilityId#, @UnitTypeId#, @Number#, 'occupied')]
        on conflict (organization_id, id) do update set state = 'occupied'
        """;

    public const string AddSubscriptions = """
        insert into subscription (organization_id, id, contact_id, facility_id, kind, name, unit_id, price, currency, started_on)
        values [(@OrganizationId, @Id#, @ContactId#, @FacilityId#, @Kind#, @Name#, @UnitId#, @Price#, @Currency#, @StartedOn#)]
        """;
}

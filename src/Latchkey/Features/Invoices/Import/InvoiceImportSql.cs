namespace Latchkey.Features.Invoices.Import;

/// <summary>The statements of an import of invoices. Look-ups start from the wanted keys, so each is one step into an index.</summary>
internal static class InvoiceImportSql
{
    /// <summary>Imports into one storefront take turns.</summary>
    public const string TakeTurn = "update storefront set name = name where organization_id = @OrganizationId and id = @StorefrontId";

    public const string ByExternalId = """
        with wanted (sought) as (values [(@Text#)])
        select w.sought as key, c.id from wanted w cross join contact c where c.organization_id = @OrganizationId and c.storefront_id = @StorefrontId and c.external_id = w.sought
        """;

    public const string ByEmail = """
        with wanted (sought) as (values [(@Text#)])
        select w.sought as key, c.id from wanted w cross join contact c where c.organization_id = @OrganizationId and c.storefront_id = @StorefrontId and c.email = w.sought
        """;

    public const string Known = """
        with wanted (sought) as (values [(@Text#)])
        select i.reference, i.contact_id, i.total, i.currency from wanted w cross join invoice i
        where i.organization_id = @OrganizationId and i.storefront_id = @StorefrontId and i.reference = w.sought
        """;

    /// <summary>The currencies that the organization deals in.</summary>
    public const string Currencies = """
        select currency from unit_type where organization_id = @OrganizationId union select currency from subscription where organization_id = @OrganizationId
        """;

    /// <summary>Counts downwards: they are none of our own numbers.</summary>
    public const string Count = """
        insert into invoice_number (organization_id, last, imported) values (@OrganizationId, 0, @count)
        on conflict (organization_id) do update set imported = invoice_number.imported + @count returning imported
        """;

    public const string Add = """
        insert into invoice (organization_id, id, storefront_id, contact_id, number, reference, currency, subtotal, tax, total, state, issued_on, due_on, created_at, paid_at, voided_at)
        values [(@OrganizationId, @Id#, @StorefrontId, @ContactId#, @Number#, @Reference#, @Currency#, @Subtotal#, @Tax#, @Total#, @State#, @IssuedOn#, @DueOn#, @now, @PaidAt#, @VoidedAt#)]
        """;

    public const string AddLines = """
        insert into invoice_line (organization_id, invoice_id, position, description, quantity, amount, tax_rate, tax)
        values [(@OrganizationId, @Id#, 0, @Description#, 1, @Subtotal#, @TaxRate#, @Tax#)]
        """;
}

using Dapper;
using Latchkey.Platform;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;

namespace Latchkey.Features.Invoices;

/// <summary>Finds invoices: one, a customer's, or an organization's by what somebody typed.</summary>
public sealed class ReadInvoices(Database database, TimeProvider clock)
{
    public const int PageSize = 50;

    public DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    public Task<WholeInvoice?> OneAsync(Guid organization, Guid id, CancellationToken cancel) => database.ReadAsync(async c =>
        await c.QuerySingleOrDefaultAsync<Invoice?>(new CommandDefinition(InvoiceListSql.Find, new { organization, id }, cancellationToken: cancel)) is { } invoice
            ? new WholeInvoice(invoice, (await c.QueryAsync<InvoiceLine>(new CommandDefinition(InvoiceListSql.Lines, new { organization, id }, cancellationToken: cancel))).AsList())
            : null, cancel);

    /// <summary>One of a customer's own; another's does not exist.</summary>
    public async Task<WholeInvoice?> OneOfAccountAsync(Storefront storefront, Guid account, Guid id, CancellationToken cancel) =>
        (await OfAccountAsync(storefront, account, cancel)).Any(i => i.Id == id) ? await OneAsync(storefront.OrganizationId, id, cancel) : null;

    public Task<IReadOnlyList<Invoice>> OfAccountAsync(Storefront storefront, Guid account, CancellationToken cancel) => database.ReadAsync<IReadOnlyList<Invoice>>(async c =>
        (await c.QueryAsync<Invoice>(new CommandDefinition(InvoiceListSql.OfAccount, new { organization = storefront.OrganizationId, storefront = storefront.Id, account }, cancellationToken: cancel))).AsList(), cancel);

    /// <returns>Null when nothing is due.</returns>
    public Task<AmountDue?> DueOfAccountAsync(Storefront storefront, Guid account, CancellationToken cancel) => database.ReadAsync(c =>
        c.QuerySingleOrDefaultAsync<AmountDue?>(new CommandDefinition(InvoiceListSql.DueOfAccount, new { organization = storefront.OrganizationId, storefront = storefront.Id, account }, cancellationToken: cancel)), cancel);

    public Task<IReadOnlyList<Invoice>> OfContactAsync(Guid organization, Guid contact, int most, CancellationToken cancel) => database.ReadAsync<IReadOnlyList<Invoice>>(async c =>
        (await c.QueryAsync<Invoice>(new CommandDefinition(InvoiceListSql.OfContact, new { organization, contact, most }, cancellationToken: cancel))).AsList(), cancel);

    /// <param name="organization">The organization.</param>
    /// <param name="typed">A number of an invoice, ours or the one it was imported with; else a name, an address or a phone number of the customer.</param>
    /// <param name="state">A state in lower case, due or overdue; null: all.</param>
    /// <param name="after">The last one of the page before.</param>
    /// <param name="cancel">Cancels the reading.</param>
    public Task<InvoiceList> FindAsync(Guid organization, string? typed, string? state, Guid? after, CancellationToken cancel) => database.ReadAsync(async c =>
    {
        long? number = typed is null ? null : InvoiceNumber.Read(typed);
        string reference = typed?.Trim() is { Length: > 0 } known
            && await c.ExecuteScalarAsync<int?>(new CommandDefinition(InvoiceListSql.IsReference, new { organization, reference = known }, cancellationToken: cancel)) is not null ? known : "";
        var search = PeopleSearch.Of(number is null && reference.Length == 0 ? typed : null);
        var rows = (await c.QueryAsync<Invoice>(new CommandDefinition(after is null ? InvoiceListSql.First : InvoiceListSql.Next, new
        {
            organization, state = state ?? "", number = number ?? 0, reference, search.Word1, search.Word2, search.Word3, today = IsoDay.Of(Today), after = after ?? Guid.Empty, most = PageSize + 1,
        }, cancellationToken: cancel))).AsList();
        return new InvoiceList([.. rows.Take(PageSize)], rows.Count > PageSize);
    }, cancel);
}

/// <summary>What a customer owes.</summary>
public sealed record AmountDue
{
    public required string Currency { get; init; }
    public required long Number { get; init; }
    public required long Total { get; init; }
    /// <summary>When the first of it is, or was.</summary>
    public required string DueOn { get; init; }

    public Money Sum => new(Total, Currency);
    public DateOnly Due => IsoDay.Read(DueOn);
}

public sealed record InvoiceList(IReadOnlyList<Invoice> Rows, bool HasMore);

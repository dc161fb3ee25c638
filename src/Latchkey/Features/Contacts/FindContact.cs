using Dapper;
using Latchkey.Features.Invoices;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Features.Contacts;

/// <summary>Finds one customer's record.</summary>
public sealed class FindContact(Database database, StorefrontDirectory storefronts, Sessions sessions, ReadInvoices readInvoices)
{
    private const int MostInvoices = 12;

    /// <returns>Null when the organization has no such contact.</returns>
    public async Task<ContactRecord?> RunAsync(Guid organizationId, Guid id, CancellationToken cancel)
    {
        var contact = await database.ReadAsync(c => c.QuerySingleOrDefaultAsync<ContactDetails>(
            new CommandDefinition(ContactSql.Find, new { organizationId, id }, cancellationToken: cancel)), cancel);
        if (contact is null) return null;
        var storefront = (await storefronts.ByKeyAsync(new StorefrontKey(organizationId, contact.StorefrontId), cancel))!;
        var invoices = await readInvoices.OfContactAsync(organizationId, id, MostInvoices, cancel);
        return await database.ReadAsync(async c =>
        {
            var accounts = (await c.QueryAsync<ContactAccount>(new CommandDefinition(
                ContactSql.Accounts, new { organizationId, id, storefrontId = contact.StorefrontId }, cancellationToken: cancel))).AsList();
            var account = accounts.FirstOrDefault();
            var about = new
            {
                organizationId, id, storefrontId = contact.StorefrontId, accountId = account?.Id ?? Guid.Empty,
                email = contact.Email ?? "", accountEmail = account?.Email ?? "", phone = Canonical(contact.Phone, storefront), accountPhone = account?.Phone ?? "",
            };
            return new ContactRecord
            {
                Storefront = storefront,
                Contact = contact,
                Accounts = accounts,
                Sessions = account is null ? [] : await sessions.ListAsync(c, storefront.Key, account.Id, cancel),
                Subscriptions = (await c.QueryAsync<ContactSubscription>(new CommandDefinition(ContactSql.Subscriptions, about, cancellationToken: cancel))).AsList(),
                Invoices = invoices,
                Mails = (await c.QueryAsync<ContactMail>(new CommandDefinition(MailOfContactSql.Latest, about, cancellationToken: cancel))).AsList(),
                Activity = (await c.QueryAsync<ContactEvent>(new CommandDefinition(ContactSql.Activity, about, cancellationToken: cancel))).AsList(),
            };
        }, cancel);
    }

    /// <summary>The facilities a contact of the storefront can be at home at.</summary>
    public Task<IReadOnlyList<HomeFacility>> FacilitiesAsync(Storefront storefront, CancellationToken cancel) => database.ReadAsync<IReadOnlyList<HomeFacility>>(async c =>
        (await c.QueryAsync<HomeFacility>(new CommandDefinition(ContactSql.Facilities, new { organizationId = storefront.OrganizationId, storefrontId = storefront.Id }, cancellationToken: cancel))).AsList(), cancel);

    private static string Canonical(string? phone, Storefront storefront) =>
        PhoneNumber.TryRead(phone, storefront.CallingCode, out var number) ? number.Value : phone ?? "";
}

public sealed record HomeFacility
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
}

using System.Data.Common;
using Dapper;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Features.Contacts;

/// <summary>Which contacts an account shows. An account without a number of its own takes over that of a contact.</summary>
public sealed class LinkContacts(TimeProvider clock)
{
    /// <summary>
    /// When an address was proven for the first time: the storefront's contacts that carry it are the account's. Later ones only staff
    /// link, so that whoever can edit a contact's address cannot show its invoices to somebody else.
    /// </summary>
    public Task ByAddressAsync(DbTransaction transaction, Storefront storefront, Guid accountId) =>
        LinkAsync(transaction, storefront, LinkSql.ByAddress, new { storefront.OrganizationId, storefront.Id, accountId, now = clock.GetUtcNow() }, accountId);

    /// <summary>By hand of staff, or because staff made the account for this contact.</summary>
    public Task ByStaffAsync(DbTransaction transaction, Storefront storefront, Guid accountId, Guid contactId) =>
        LinkAsync(transaction, storefront, LinkSql.ByStaff, new { storefront.OrganizationId, storefront.Id, accountId, contactId, now = clock.GetUtcNow() }, accountId);

    private static async Task LinkAsync(DbTransaction transaction, Storefront storefront, string sql, object parameters, Guid accountId)
    {
        var connection = transaction.Connection!;
        if (!(await connection.QueryAsync<Guid>(sql, parameters, transaction)).Any()) return;
        var numbers = await connection.QueryAsync<string>(LinkSql.Phones, new { storefront.OrganizationId, accountId }, transaction);
        var phone = numbers.Select(n => PhoneNumber.TryRead(n, storefront.CallingCode, out var read) ? read : null).FirstOrDefault(n => n is not null);
        if (phone is not null)
            await connection.ExecuteAsync(LinkSql.TakePhone, new { storefront.OrganizationId, accountId, phone = phone.Value }, transaction);
    }
}

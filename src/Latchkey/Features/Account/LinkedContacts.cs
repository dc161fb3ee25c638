using System.Data.Common;
using System.Text.Json;
using Dapper;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Tenancy;

namespace Latchkey.Features.Account;

/// <summary>Carries what a customer changes over to the contacts the business sees, each with a row of what it was before.</summary>
public sealed class LinkedContacts(ActivityLog activity, TimeProvider clock)
{
    public async Task ChangeAsync(DbTransaction transaction, Storefront storefront, Guid accountId, string happened, Func<LinkedContact, LinkedContact> change)
    {
        var contacts = await transaction.Connection!.QueryAsync<LinkedContact>(ProfileSql.Contacts, new { storefront.OrganizationId, accountId }, transaction);
        foreach (var before in contacts)
        {
            var after = change(before);
            if (after == before) continue;
            await transaction.Connection!.ExecuteAsync(ProfileSql.SaveContact,
                new { storefront.OrganizationId, after.Id, after.FullName, after.Email, after.Phone, now = clock.GetUtcNow() }, transaction);
            await activity.AppendAsync(transaction, new Happened(storefront.OrganizationId, ActivityType.SIGN_IN, happened)
            {
                StorefrontId = storefront.Id,
                AccountId = accountId,
                ContactId = after.Id,
                Detail = Difference(before, after),
            });
        }
    }

    /// <summary>Names and numbers before and after. Of an address only that it changed: the log holds none.</summary>
    private static string Difference(LinkedContact before, LinkedContact after)
    {
        var changed = new Dictionary<string, string?[]>(StringComparer.Ordinal);
        if (before.FullName != after.FullName) changed["fullName"] = [before.FullName, after.FullName];
        if (before.Phone != after.Phone) changed["phone"] = [before.Phone, after.Phone];
        if (before.Email != after.Email) changed["email"] = [];
        return JsonSerializer.Serialize(changed);
    }
}

/// <summary>A contact that an account shows.</summary>
public sealed record LinkedContact
{
    public required Guid Id { get; init; }
    public required string FullName { get; init; }
    public string? Email { get; init; }
    public string? Phone { get; init; }
}

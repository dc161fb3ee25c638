using Dapper;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;

namespace Latchkey.Features.Rentals;

/// <summary>Customers choose for each thing they hold whether what is on file pays it by itself. Unless they say otherwise it does.</summary>
public sealed class ChooseAutopay(Database database, ActivityLog activity, TimeProvider clock)
{
    /// <returns>False when they hold no such thing.</returns>
    public Task<bool> RunAsync(Storefront storefront, Guid accountId, Guid id, bool paysItself, CancellationToken cancel) => database.WriteAsync(async t =>
    {
        var offAt = paysItself ? (DateTimeOffset?)null : clock.GetUtcNow();
        if (await t.Connection!.ExecuteScalarAsync<Guid?>(RentalSql.Autopay, new { storefront.OrganizationId, storefront.Id, accountId, subscription = id, offAt }, t) is not { } contact) return false;
        await activity.AppendAsync(t, new Happened(storefront.OrganizationId, ActivityType.BILLING, paysItself ? "autopay switched on" : "autopay switched off")
        {
            StorefrontId = storefront.Id,
            AccountId = accountId,
            ContactId = contact,
            SubjectId = id,
        });
        return true;
    }, cancel);
}

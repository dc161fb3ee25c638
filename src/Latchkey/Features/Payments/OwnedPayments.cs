using Dapper;
using Latchkey.Platform;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;

namespace Latchkey.Features.Payments;

/// <summary>Whether a payment, or the adding of a method, is the customer's own. Another's does not exist.</summary>
public sealed class OwnedPayments(Database database)
{
    /// <returns>What is paid; null when it is not theirs.</returns>
    public async Task<Money?> PaymentAsync(Storefront storefront, Guid account, Guid id, CancellationToken cancel) =>
        await database.ReadAsync(c => c.QuerySingleOrDefaultAsync<PaymentRow?>(PaymentSql.Find, new { organization = storefront.OrganizationId, id }), cancel) is { } payment
        && payment.StorefrontId == storefront.Id && payment.AccountId == account ? new Money(payment.Amount, payment.Currency) : null;

    /// <summary>Whether staff have to look at a payment.</summary>
    public async Task<bool> IsDoubtedAsync(Storefront storefront, Guid id, CancellationToken cancel) =>
        await database.ReadAsync(c => c.QuerySingleOrDefaultAsync<PaymentRow?>(PaymentSql.Find, new { organization = storefront.OrganizationId, id }), cancel) is { Suspect: true };

    public async Task<bool> SetupAsync(Storefront storefront, Guid account, Guid id, CancellationToken cancel) =>
        await database.ReadAsync(c => c.ExecuteScalarAsync<int?>(MethodSql.SetupIsOf, new { organization = storefront.OrganizationId, id, account }), cancel) is not null;
}

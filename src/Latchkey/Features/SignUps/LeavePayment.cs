using System.Data.Common;
using Dapper;
using Latchkey.Features.Payments;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;

namespace Latchkey.Features.SignUps;

/// <summary>Back from the payment without having paid: the steps are open again.</summary>
public sealed class LeavePayment(Database database, TimeProvider clock)
{
    /// <summary>The customer wants to change something.</summary>
    public Task RunAsync(Storefront storefront, SignUp signUp, CancellationToken cancel) => database.WriteAsync(async t =>
    {
        var where = new { storefront.OrganizationId, StorefrontId = storefront.Id, id = signUp.Id, now = clock.GetUtcNow(), until = clock.GetUtcNow() + HoldUnit.Step };
        if (await t.Connection!.ExecuteAsync(SignUpPaymentSql.Reopen, where, t) > 0) await t.Connection!.ExecuteAsync(SignUpSql.KeepHeld, where, t);
    }, cancel);

    /// <summary>The provider says that nobody paid. Who broke off may go on for a while; else the unit is free for others at once.</summary>
    public async Task CheckoutEndedAsync(DbTransaction transaction, EndedCheckout checkout)
    {
        if (checkout.SignUpId is not { } id) return;
        var now = clock.GetUtcNow();
        var where = new { checkout.OrganizationId, id, checkout.PaymentId, now, until = now + HoldUnit.Step };
        if (await transaction.Connection!.ExecuteAsync(SignUpPaymentSql.Ended, where, transaction) == 0) return;
        await transaction.Connection!.ExecuteAsync(checkout.How == CheckoutEnd.Cancelled ? SignUpSql.KeepHeld : SignUpSql.ReleaseHeld, where, transaction);
    }
}

using Dapper;
using Latchkey.Features.Invoices;
using Latchkey.Features.Payments;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;

namespace Latchkey.Features.SignUps;

/// <summary>Back from the payment without having paid, to change something: the checkout is ended first, and what it was for is void.</summary>
public sealed class LeavePayment(Database database, EndCheckout endCheckout, MoveInvoice moveInvoice, TimeProvider clock)
{
    /// <returns>False when a payment is under way, or it can't be ended right now.</returns>
    public async Task<bool> RunAsync(Storefront storefront, SignUp signUp, CancellationToken cancel)
    {
        if (signUp.InvoiceId is { } invoice && !await endCheckout.OfInvoiceAsync(storefront.OrganizationId, invoice, cancel)) return false;
        return await database.WriteAsync(async t =>
        {
            var where = new { storefront.OrganizationId, StorefrontId = storefront.Id, id = signUp.Id, now = clock.GetUtcNow(), until = clock.GetUtcNow() + HoldUnit.Step };
            if (await t.Connection!.ExecuteAsync(SignUpPaymentSql.Reopen, where, t) == 0) return false;
            if (signUp.InvoiceId is { } asked) await moveInvoice.VoidAsync(t, storefront.OrganizationId, asked);
            await t.Connection!.ExecuteAsync(SignUpSql.KeepHeld, where, t);
            return true;
        }, cancel);
    }
}

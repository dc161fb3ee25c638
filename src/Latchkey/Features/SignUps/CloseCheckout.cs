using System.Data.Common;
using Dapper;
using Latchkey.Features.Invoices;
using Latchkey.Features.Payments;

namespace Latchkey.Features.SignUps;

/// <summary>
/// The provider says that nobody paid. Who broke off may go on for a while with the same; else the unit is free for others at once, and
/// nobody is asked for the money any more.
/// </summary>
public sealed class CloseCheckout(MoveInvoice moveInvoice, TimeProvider clock)
{
    public async Task CheckoutEndedAsync(DbTransaction transaction, EndedCheckout checkout)
    {
        if (checkout.SignUpId is not { } id) return;
        var now = clock.GetUtcNow();
        var where = new { checkout.OrganizationId, id, checkout.PaymentId, invoiceId = checkout.InvoiceId, now, until = now + HoldUnit.Step };
        bool isOver = checkout.How != CheckoutEnd.Cancelled;
        if (await transaction.Connection!.ExecuteAsync(SignUpPaymentSql.Ended, where, transaction) > 0)
            await transaction.Connection!.ExecuteAsync(isOver ? SignUpSql.ReleaseHeld : SignUpSql.KeepHeld, where, transaction);
        if (isOver || await transaction.Connection!.ExecuteScalarAsync<int?>(SignUpPaymentSql.IsAsked, where, transaction) is null)
        {
            await moveInvoice.VoidAsync(transaction, checkout.OrganizationId, checkout.InvoiceId);
            await transaction.Connection!.ExecuteAsync(SignUpPaymentSql.ForgetInvoice, where, transaction);
        }
    }
}

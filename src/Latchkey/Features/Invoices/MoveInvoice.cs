using System.Data.Common;
using Dapper;

namespace Latchkey.Features.Invoices;

/// <summary>Moves an invoice to its next state, in the transaction of the payment that does so. A state that is not ahead of it changes nothing.</summary>
public sealed class MoveInvoice(TimeProvider clock)
{
    /// <returns>Null when it was paid, or void, before.</returns>
    public Task<InvoiceMoved?> PaidAsync(DbTransaction transaction, Guid organization, Guid invoice, string paidBy) =>
        transaction.Connection!.QuerySingleOrDefaultAsync<InvoiceMoved?>(InvoiceSql.Paid, new { organization, invoice, paidBy, now = clock.GetUtcNow() }, transaction);

    public static Task ProcessingAsync(DbTransaction transaction, Guid organization, Guid invoice) =>
        transaction.Connection!.ExecuteAsync(InvoiceSql.Processing, new { organization, invoice }, transaction);

    /// <param name="transaction">The payment's.</param>
    /// <param name="organization">The organization.</param>
    /// <param name="invoice">The invoice.</param>
    /// <param name="reason">The provider's word for why.</param>
    public static Task<InvoiceMoved?> FailedAsync(DbTransaction transaction, Guid organization, Guid invoice, string? reason) =>
        transaction.Connection!.QuerySingleOrDefaultAsync<InvoiceMoved?>(InvoiceSql.Failed, new { organization, invoice, reason }, transaction);

    /// <returns>Null while a payment of it is under way, or when it is paid.</returns>
    public Task<InvoiceMoved?> VoidAsync(DbTransaction transaction, Guid organization, Guid invoice) =>
        transaction.Connection!.QuerySingleOrDefaultAsync<InvoiceMoved?>(InvoiceSql.Void, new { organization, invoice, now = clock.GetUtcNow() }, transaction);

    /// <returns>False when so much was given back before.</returns>
    public static async Task<bool> RefundedAsync(DbTransaction transaction, Guid organization, Guid invoice, long refunded) =>
        await transaction.Connection!.ExecuteAsync(InvoiceSql.Refunded, new { organization, invoice, refunded }, transaction) > 0;

    /// <summary>Its money is asked for: the billing run is done with it.</summary>
    public static Task CollectedAsync(DbTransaction transaction, Guid organization, Guid invoice) =>
        transaction.Connection!.ExecuteAsync(InvoiceSql.Collected, new { organization, invoice }, transaction);

    /// <returns>False when it is paid, or somebody else was first: then there is nothing to mail.</returns>
    public static async Task<bool> CollectedByMailAsync(DbTransaction transaction, Guid organization, Guid invoice) =>
        await transaction.Connection!.ExecuteAsync(InvoiceSql.CollectedByMail, new { organization, invoice }, transaction) > 0;

    /// <summary>A refund that seemed to be on its way has come back.</summary>
    public static Task NotRefundedAsync(DbTransaction transaction, Guid organization, Guid invoice, long amount) =>
        transaction.Connection!.ExecuteAsync(InvoiceSql.NotRefunded, new { organization, invoice, amount }, transaction);

    public static Task<Guid?> SignUpOfAsync(DbTransaction transaction, Guid organization, Guid invoice) =>
        transaction.Connection!.ExecuteScalarAsync<Guid?>(InvoiceSql.SignUpOf, new { organization, invoice }, transaction);
}

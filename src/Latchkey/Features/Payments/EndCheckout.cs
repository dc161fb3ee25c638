using Dapper;
using Latchkey.Platform.Data;
using Latchkey.Platform.Payments;

namespace Latchkey.Features.Payments;

/// <summary>Ends a checkout that nobody shall pay any more. At the provider first: what it has taken by then counts.</summary>
public sealed class EndCheckout(Database database, PaymentAccounts accounts, StripeApi stripe, SettlePayment settlePayment, WriteSettlement write)
{
    /// <returns>How far the payment is afterwards; still open when the provider can't be reached.</returns>
    public async Task<PaymentState> RunAsync(Guid organization, Guid id, CancellationToken cancel)
    {
        if (await FindAsync(organization, id, cancel) is not { } payment) return PaymentState.Ended;
        if (payment.CheckoutId is { } checkout && await accounts.ForAsync(organization, payment.Provider) is { } account)
        {
            var answer = await stripe.PostAsync(account, $"/v1/checkout/sessions/{checkout}/expire", new StripeForm(), $"{id}-end", cancel);
            if (answer.Error is { Problem: StripeProblem.Unavailable or StripeProblem.KeyRefused }) return payment.State;
            return await settlePayment.RunAsync(organization, id, cancel, CheckoutEnd.Cancelled) ?? payment.State;
        }
        // A charge whose answer is still to come is no checkout: whether its money is on the way can't be decided here.
        if (payment.Kind == "autopay") return await settlePayment.RunAsync(organization, id, cancel) ?? payment.State;
        await GiveUpAsync(organization, id);
        return PaymentState.Ended;
    }

    /// <summary>Ends whatever checkout an invoice is in.</summary>
    /// <param name="organization">The organization.</param>
    /// <param name="invoice">The invoice.</param>
    /// <param name="cancel">Stops the waiting for the provider.</param>
    /// <param name="isDecided">Staff have decided about it: a payment that is not believed holds it no longer.</param>
    /// <returns>False when a payment of it is under way, or the provider can't be reached.</returns>
    public async Task<bool> OfInvoiceAsync(Guid organization, Guid invoice, CancellationToken cancel, bool isDecided = false)
    {
        foreach (var id in await database.ReadAsync(async c => (await c.QueryAsync<Guid>(PaymentSql.LiveOf, new { organization, invoice })).AsList(), cancel))
        {
            if (isDecided && await FindAsync(organization, id, cancel) is { Suspect: true }) await write.LetGoAsync(organization, id);
            else if (await RunAsync(organization, id, cancel) is not (PaymentState.Ended or PaymentState.Failed)) return false;
        }
        return true;
    }

    private Task<PaymentRow?> FindAsync(Guid organization, Guid id, CancellationToken cancel) =>
        database.ReadAsync(c => c.QuerySingleOrDefaultAsync<PaymentRow?>(PaymentSql.Find, new { organization, id }), cancel);

    /// <summary>Ends one that the customer was never sent to.</summary>
    public Task GiveUpAsync(Guid organization, Guid id) => settlePayment.EndAsync(organization, id, CheckoutEnd.Cancelled);
}

using Dapper;
using Latchkey.Platform.Data;
using Latchkey.Platform.Payments;

namespace Latchkey.Features.Payments;

/// <summary>
/// Brings a payment to where it is at the provider, whoever asks: an event, the page the customer comes back to, or the clock. It asks the
/// provider anew, so the order of events does not matter; what it finds is written once.
/// </summary>
public sealed partial class SettlePayment(Database database, PaymentAccounts accounts, StripeApi stripe, WriteSettlement write, KeepMethods keepMethods, TimeProvider clock, ILogger<SettlePayment> log)
{
    private static readonly TimeSpan BankTakes = TimeSpan.FromHours(6);

    /// <param name="organization">The organization.</param>
    /// <param name="id">The payment.</param>
    /// <param name="cancel">Stops the waiting.</param>
    /// <param name="end">What it is called when it turns out to have ended.</param>
    /// <param name="intent">The provider's name for it, as an event has it: that may be the first word of a charge whose answer never came.</param>
    /// <returns>How far it is; null when the provider can't say, or there is no such payment.</returns>
    public async Task<PaymentState?> RunAsync(Guid organization, Guid id, CancellationToken cancel, CheckoutEnd end = CheckoutEnd.Expired, string? intent = null)
    {
        if (await FindAsync(organization, id) is not { } payment) return null;
        if (intent is not null && payment is { Kind: "autopay", State: PaymentState.Starting, IntentId: null } && await AdoptAsync(payment, intent, cancel) is { } adopted) payment = adopted;
        if (payment.Suspect || payment.Provider == "offline" || (payment.CheckoutId ?? payment.IntentId) is null) return payment.State;
        if (await accounts.ForAsync(organization, payment.Provider) is not { } account) return null;
        if (await AskAsync(account, payment, cancel) is not { } found) return null;
        if (Doubt(account, payment, found) is { } doubt)
        {
            Doubted(id, doubt);
            await write.DoubtAsync(payment, doubt);
            return PaymentState.Failed;
        }
        switch (StateOf(found))
        {
            case PaymentState.Paid: await write.PaidAsync(payment, found.Intent!); break;
            case PaymentState.Processing: await write.ProcessingAsync(payment, found.Intent?.Id, clock.GetUtcNow() + BankTakes); break;
            case PaymentState.Failed: await write.FailedAsync(payment, found.Intent?.Id, ReasonOf(found)); break;
            case PaymentState.Ended: await write.EndedAsync(payment, end); break;
            case PaymentState.Open or PaymentState.Starting: await write.TriedAsync(payment, found.Intent, LookAt(found)); break;
        }
        if (found.Intent?.Charge is { Refunded: > 0 } charge) await write.RefundedAsync(payment, charge.Refunded);
        if (payment.KeepsMethod && StateOf(found) is PaymentState.Paid or PaymentState.Processing) await keepMethods.RunAsync(organization, account, payment.CustomerId!, cancel);
        return (await FindAsync(organization, id))?.State;
    }

    public async Task EndAsync(Guid organization, Guid id, CheckoutEnd end)
    {
        if (await FindAsync(organization, id) is { } payment) await write.EndedAsync(payment, end);
    }

    /// <summary>What a payment intent says that was made while the customer was away.</summary>
    public static StripeCheckout Alone(StripeIntent intent, Guid payment) => new(null, "complete", intent.Status == "succeeded" ? "paid" : "unpaid", intent.MetadataPayment ?? payment.ToString(),
        intent.Customer, intent.Amount, intent.Currency, null, null, intent.IsLive, intent, null);

    private async Task<StripeCheckout?> AskAsync(PaymentAccount account, PaymentRow payment, CancellationToken cancel)
    {
        var answer = await stripe.GetAsync(account, payment.CheckoutId is { } checkout
            ? $"/v1/checkout/sessions/{Uri.EscapeDataString(checkout)}?expand[]=payment_intent.latest_charge"
            : $"/v1/payment_intents/{Uri.EscapeDataString(payment.IntentId!)}?expand[]=latest_charge", cancel);
        if (answer.Error is { Problem: StripeProblem.KeyRefused }) await accounts.NoteAsync(payment.OrganizationId, isBroken: true);
        if (!answer.IsYes) return null;
        return payment.CheckoutId is not null ? StripeCheckout.Read(answer.Json) : StripeIntent.Read(answer.Json) is { } intent ? Alone(intent, payment.Id) : null;
    }

    /// <summary>Takes a charge for the one that was asked for when the provider's own copy of it says so; then nobody has to look for it.</summary>
    private async Task<PaymentRow?> AdoptAsync(PaymentRow payment, string intent, CancellationToken cancel)
    {
        var named = payment with { IntentId = intent };
        if (await accounts.ForAsync(payment.OrganizationId, payment.Provider) is not { } account || await AskAsync(account, named, cancel) is not { Intent.MetadataPayment: not null } found) return null;
        if (Doubt(account, named, found) is not null) return null;
        await database.WriteAsync(t => t.Connection!.ExecuteAsync(PaymentSql.Adopt, new { organization = payment.OrganizationId, id = payment.Id, intent, no = false }, t), CancellationToken.None);
        return await FindAsync(payment.OrganizationId, payment.Id);
    }

    private static PaymentState StateOf(StripeCheckout found) => (found.Status, found.PaymentStatus, found.Intent?.Status) switch
    {
        ("complete", "paid", _) or (_, _, "succeeded") when found.Intent is not null => PaymentState.Paid,
        ("complete", _, "processing" or "requires_action" or "requires_capture" or null) => PaymentState.Processing,
        ("complete", _, _) => PaymentState.Failed,
        ("expired", _, _) => PaymentState.Ended,
        _ => PaymentState.Open,
    };

    /// <summary>What the provider has must be what we asked for: amount, currency, whose it is.</summary>
    private static string? Doubt(PaymentAccount account, PaymentRow payment, StripeCheckout found) =>
        found.Reference != payment.Id.ToString() || (found.Id is { } id && id != payment.CheckoutId) ? "It names another payment."
        : found.Customer != payment.CustomerId ? "The customer is another one."
        : found.Amount != payment.Amount || (found.Intent is { Status: "succeeded" } intent && intent.Received != payment.Amount) ? "The amount is another one."
        : !string.Equals(found.Currency, payment.Currency, StringComparison.OrdinalIgnoreCase) ? "The currency is another one."
        : found.IsLive != account.IsLive ? "It is of the other mode, live or test."
        : null;

    private DateTimeOffset LookAt(StripeCheckout open)
    {
        var soon = clock.GetUtcNow().AddMinutes(5);
        return open.ExpiresAt is { } end && end > soon ? end.AddMinutes(1) : soon;
    }

    private static string? ReasonOf(StripeCheckout found) => found.Intent?.Failure is { } failure ? failure.DeclineCode ?? failure.Code : null;

    private Task<PaymentRow?> FindAsync(Guid organization, Guid id) => database.ReadAsync(c => c.QuerySingleOrDefaultAsync<PaymentRow?>(PaymentSql.Find, new { organization, id }));

    [LoggerMessage(Level = LogLevel.Error, Message = "Payment {Payment} is not what was asked for, and is not marked paid: {Why}")]
    private partial void Doubted(Guid payment, string why);
}

using Dapper;
using Latchkey.Features.Invoices;
using Latchkey.Platform.Data;
using Latchkey.Platform.Payments;

namespace Latchkey.Features.Payments;

/// <summary>
/// Charges the method on file for an invoice, while the customer is away. It is written down first, and its id is the idempotency key:
/// whoever is killed between the charge and its answer asks again and hears the same.
/// </summary>
public sealed class ChargeMethod(Database database, PaymentAccounts accounts, StripeApi stripe, WriteSettlement write, SettlePayment settlePayment, TimeProvider clock)
{
    /// <summary>The provider keeps keys for a day at the least.</summary>
    private static readonly TimeSpan KeysLast = TimeSpan.FromHours(20), Retry = TimeSpan.FromMinutes(2);

    /// <returns>How far the payment is; null when nothing is on file, or another payment of it is under way.</returns>
    public async Task<PaymentState?> RunAsync(Guid organization, Invoice invoice, CancellationToken cancel)
    {
        if (!invoice.IsDue || invoice.Total == 0) return null;
        if (await database.ReadAsync(c => c.QuerySingleOrDefaultAsync<Source?>(MethodSql.ForContact, new { organization, contact = invoice.ContactId }), cancel) is not { } source) return null;
        if (await accounts.ForAsync(organization) is not { } account || account.Provider != source.Provider) return null;
        var id = await database.WriteAsync(async t =>
        {
            var now = clock.GetUtcNow();
            var payment = Guid.CreateVersion7(now);
            await t.Connection!.ExecuteAsync(PaymentSql.Create, new
            {
                OrganizationId = organization, Id = payment, invoice.StorefrontId, source.AccountId, invoice.ContactId, Kind = "autopay", State = "starting", Amount = invoice.Total, invoice.Currency,
                source.Provider, CustomerId = source.CustomerName, source.MethodId, KeepsMethod = false, Actor = (string?)null, PaidBy = (string?)null, now,
                ExpiresAt = (DateTimeOffset?)null, SettledAt = (DateTimeOffset?)null, LookAt = now + Retry,
            }, t);
            if (await t.Connection!.ExecuteAsync(PaymentSql.Take, new { organization, payment, invoice = invoice.Id, amount = invoice.Total, live = true }, t) > 0) return payment;
            await t.Connection!.ExecuteAsync(PaymentSql.Forget, new { organization, payment }, t);
            return (Guid?)null;
        }, cancel);
        return id is { } started ? await ResumeAsync(organization, started, cancel) : null;
    }

    /// <summary>Asks the provider for a charge that is written down, once more if need be.</summary>
    public async Task<PaymentState?> ResumeAsync(Guid organization, Guid id, CancellationToken cancel)
    {
        if (await database.ReadAsync(c => c.QuerySingleOrDefaultAsync<PaymentRow?>(PaymentSql.Find, new { organization, id }), cancel) is not { Kind: "autopay" } payment) return null;
        if (payment.State is not PaymentState.Starting || payment.IntentId is not null) return await settlePayment.RunAsync(organization, id, cancel);
        if (await accounts.ForAsync(organization, payment.Provider) is not { } account) return null;
        if (clock.GetUtcNow() - payment.CreatedAt > KeysLast)
        {
            await write.DoubtAsync(payment, "Whether it was charged is not known: the provider could not be reached for too long. Look for it there.");
            return PaymentState.Failed;
        }
        var answer = await stripe.PostAsync(account, "/v1/payment_intents", await FormAsync(payment, cancel), id.ToString(), cancel);
        switch (answer.Error?.Problem)
        {
            case null when StripeIntent.Read(answer.Json) is { } made:
                await database.WriteAsync(t => t.Connection!.ExecuteAsync(PaymentSql.Charged, new { organization, id, intent = made.Id }, t), CancellationToken.None);
                return await settlePayment.RunAsync(organization, id, cancel);
            case StripeProblem.KeyRefused:
                await accounts.NoteAsync(organization, isBroken: true);
                return PaymentState.Starting;
            case null or StripeProblem.Unavailable:
                return PaymentState.Starting; // the clock asks again, with the same key
            case StripeProblem.KeyReused: // what is on file changed since: the first request may have charged it
                await write.DoubtAsync(payment, "Whether it was charged is not known: it was asked for before, and its payment method has changed since. Look for it there.");
                return PaymentState.Failed;
            case StripeProblem.Declined or StripeProblem.Refused or StripeProblem.Missing:
                await write.FailedAsync(payment, StripeIntent.Read(answer.Error!.Intent)?.Id, answer.Error.DeclineCode ?? answer.Error.Code);
                return PaymentState.Failed;
        }
        return PaymentState.Starting;
    }

    private async Task<StripeForm> FormAsync(PaymentRow payment, CancellationToken cancel)
    {
        var source = await database.ReadAsync(c => c.QuerySingleAsync<Source>(MethodSql.OfPayment, new { organization = payment.OrganizationId, method = payment.MethodId }), cancel);
        return new StripeForm().With("amount", payment.Amount).With("currency", payment.Currency.ToLowerInvariant()).With("customer", payment.CustomerId).With("payment_method", payment.MethodId)
            .With("payment_method_types", [source.Type]).With("off_session", true).With("confirm", true).With("mandate", source.Type == "card" ? null : source.MandateId)
            .With("metadata[payment_id]", payment.Id.ToString());
    }

    private sealed record Source
    {
        public required string MethodId { get; init; }
        public required string Type { get; init; }
        public string? MandateId { get; init; }
        public string Provider { get; init; } = "";
        public string CustomerName { get; init; } = "";
        public Guid? AccountId { get; init; }
    }
}

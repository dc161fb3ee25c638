using Dapper;
using Latchkey.Platform.Data;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Payments;

namespace Latchkey.Features.Payments;

/// <summary>Brings the adding of a payment method to where it is at the provider, whoever asks.</summary>
public sealed class SettleSetup(Database database, PaymentAccounts accounts, StripeApi stripe, KeepMethods keepMethods, MoneyMails mails, Outbox outbox, TimeProvider clock)
{
    private static readonly TimeSpan DepositsTake = TimeSpan.FromDays(10), LookAgain = TimeSpan.FromHours(6);

    /// <returns>How far it is; null when the provider can't say, or there is no such adding.</returns>
    public async Task<SetupState?> RunAsync(Guid organization, Guid id, CancellationToken cancel)
    {
        if (await database.ReadAsync(c => c.QuerySingleOrDefaultAsync<Row?>(MethodSql.FindSetup, new { organization, id }), cancel) is not { CheckoutId: { } checkoutId } row) return null;
        if (row.State is SetupState.Done or SetupState.Failed or SetupState.Ended) return row.State;
        var customer = await database.ReadAsync(c => c.QuerySingleOrDefaultAsync<Owner?>(PayerSql.ById, new { organization, id = row.CustomerId }), cancel);
        if (customer is null || await accounts.ForAsync(organization, customer.Provider) is not { } account) return null;
        var answer = await stripe.GetAsync(account, $"/v1/checkout/sessions/{Uri.EscapeDataString(checkoutId)}?expand[]=setup_intent.payment_method", cancel);
        if (!answer.IsYes) return null;
        var (checkout, setup) = (StripeCheckout.Read(answer.Json), StripeSetup.Read(answer.Json["setup_intent"]));
        if (checkout.Customer != customer.CustomerId || checkout.Reference != id.ToString()) return await WriteAsync(organization, id, setup, SetupState.Failed, null);
        switch (checkout.Status, setup?.Status)
        {
            case ("expired", _): return await WriteAsync(organization, id, setup, SetupState.Ended, null);
            case ("complete", "succeeded"):
                if (!await keepMethods.RunAsync(organization, account, customer.CustomerId, cancel, setup.Method is { } m && setup.Mandate is { } mandate ? (m.Id, mandate) : null)) return null;
                return await WriteAsync(organization, id, setup, SetupState.Done, null);
            case ("complete", "requires_payment_method" or "canceled"):
                if (setup.Method is { } failed) await FailAsync(organization, row.CustomerId, failed.Id, cancel);
                return await WriteAsync(organization, id, setup, SetupState.Failed, null);
            case ("complete", _):
                if (setup?.Method is { } waits) await PutPendingAsync(organization, row.CustomerId, setup, waits);
                return await WriteAsync(organization, id, setup, SetupState.Pending, clock.GetUtcNow() + LookAgain);
            default: return await WriteAsync(organization, id, setup, SetupState.Open, (checkout.ExpiresAt ?? clock.GetUtcNow().AddHours(1)).AddMinutes(1));
        }
    }

    private async Task FailAsync(Guid organization, Guid customer, string method, CancellationToken cancel)
    {
        var written = await database.WriteAsync(async t => await t.Connection!.ExecuteScalarAsync<Guid?>(MethodSql.Failed, new { organization, method }, t) is { } id
            ? await mails.MethodLostAsync(t, organization, customer, id) : null, cancel);
        if (written is not null) outbox.Announce(written);
    }

    private Task<int> PutPendingAsync(Guid organization, Guid customer, StripeSetup setup, StripeMethod method) => database.WriteAsync(t => t.Connection!.ExecuteAsync(MethodSql.PutPending, new
    {
        organization, id = Guid.CreateVersion7(clock.GetUtcNow()), customer, method = method.Id, type = method.Type, bank = method.Bank, last4 = method.Last4, no = false, url = setup.VerifyUrl,
        until = (setup.ArrivesAt ?? clock.GetUtcNow()) + DepositsTake, now = clock.GetUtcNow(),
    }, t));

    private async Task<SetupState?> WriteAsync(Guid organization, Guid id, StripeSetup? setup, SetupState state, DateTimeOffset? lookAt)
    {
        await database.WriteAsync(t => t.Connection!.ExecuteAsync(MethodSql.SetupState, new { organization, id, setup = setup?.Id, state = state.ToString().ToLowerInvariant(), lookAt }, t), CancellationToken.None);
        return state;
    }

    private sealed record Row
    {
        public required Guid CustomerId { get; init; }
        public string? CheckoutId { get; init; }
        public required SetupState State { get; init; }
    }

    private sealed record Owner
    {
        public required string Provider { get; init; }
        public required string CustomerId { get; init; }
    }
}

/// <summary>How far the adding of a payment method is.</summary>
public enum SetupState
{
    Starting,
    Open,
    /// <summary>Two small deposits must be confirmed first.</summary>
    Pending,
    Done,
    Failed,
    Ended,
}

using System.Data.Common;
using Dapper;
using Latchkey.Platform.Data;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Mail.Providers;
using Latchkey.Platform.Payments;

namespace Latchkey.Features.Payments;

/// <summary>Makes our copy of a customer's payment methods what the provider has.</summary>
public sealed class KeepMethods(Database database, StripeApi stripe, MoneyMails mails, Outbox outbox, TimeProvider clock)
{
    /// <param name="organization">The organization.</param>
    /// <param name="account">The account at the provider.</param>
    /// <param name="customerName">The provider's name for the customer.</param>
    /// <param name="cancel">Stops the waiting.</param>
    /// <param name="mandate">What permits the newest of them to be charged, when that is known.</param>
    /// <returns>False when the provider can't say.</returns>
    public async Task<bool> RunAsync(Guid organization, PaymentAccount account, string customerName, CancellationToken cancel, (string Method, string Mandate)? mandate = null)
    {
        if (await database.ReadAsync(c => c.QuerySingleOrDefaultAsync<Customer?>(PayerSql.ByName, new { organization, name = customerName }), cancel) is not { } customer) return true;
        var answer = await stripe.GetAsync(account, $"/v1/customers/{Uri.EscapeDataString(customerName)}/payment_methods?limit=100", cancel);
        // Without the customer its methods are gone too.
        if (!answer.IsYes && answer.Error is not { Problem: StripeProblem.Missing }) return false;
        var there = (answer.IsYes ? answer.Json["data"].Items : []).Select(StripeMethod.Read).OfType<StripeMethod>().ToList();
        foreach (var told in await database.WriteAsync(t => WriteAsync(t, organization, customer.Id, there, mandate), CancellationToken.None)) outbox.Announce(told);
        return true;
    }

    /// <returns>Mails about methods that were lost without the customer's doing.</returns>
    private async Task<List<EnqueuedMails>> WriteAsync(DbTransaction transaction, Guid organization, Guid customer, List<StripeMethod> there, (string Method, string Mandate)? mandate)
    {
        var (now, told) = (clock.GetUtcNow(), new List<EnqueuedMails>());
        foreach (var method in there.OrderBy(m => m.Id, StringComparer.Ordinal))
            await transaction.Connection!.ExecuteAsync(MethodSql.Put, new
            {
                organization, customer, id = Guid.CreateVersion7(now), method = method.Id, method.Type, method.Brand, method.Bank, method.Last4, method.ExpMonth, method.ExpYear,
                mandate = mandate?.Method == method.Id ? mandate?.Mandate : null, no = false, now,
            }, transaction);
        foreach (var known in (await transaction.Connection!.QueryAsync<KeptMethod>(MethodSql.OfCustomer, new { organization, customer }, transaction)).ToList())
        {
            if (known.State is not (MethodState.Active or MethodState.Revoked) || there.Exists(m => m.Id == known.MethodId)) continue;
            if (await transaction.Connection!.ExecuteAsync(MethodSql.Gone, new { organization, id = known.Id, no = false, now }, transaction) > 0 && known.State == MethodState.Active
                && await mails.MethodLostAsync(transaction, organization, customer, known.Id) is { } mail) told.Add(mail);
        }
        await transaction.Connection!.ExecuteAsync(MethodSql.ChooseDefault, new { organization, customer, yes = true }, transaction);
        return told;
    }
}
